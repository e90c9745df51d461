/** The workers: the one in this process, and what the database knows about all of them. */
package org.initlab.worker;

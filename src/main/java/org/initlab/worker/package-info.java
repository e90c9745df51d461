/** Who trains: this process's worker, and what the database knows of all workers. */
package org.initlab.worker;

/** Statistics over the trials. */
package org.initlab.analysis;

/** A run from its claim by a worker, through its epochs and checkpoints, to its end. */
package org.initlab.run;

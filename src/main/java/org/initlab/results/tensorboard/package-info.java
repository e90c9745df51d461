/** Experiments as TensorBoard reads them: a folder for each run, in an archive or written live. */
package org.initlab.results.tensorboard;

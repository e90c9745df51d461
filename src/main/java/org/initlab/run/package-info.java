/** A run's state machine: claimed by a worker under a fencing attempt, committed epoch by epoch, checkpointed. */
package org.initlab.run;

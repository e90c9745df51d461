package org.initlab.run;

import java.util.UUID;

/**
 * A run that waits for a worker.
 *
 * @param armIndex from 0, in the experiment's order
 * @param trial from 0
 * @param entry which entry of the queue is the run's valid one; grows each time that it is queued anew
 */
public record QueuedRun(UUID id, int armIndex, int trial, int entry) {}

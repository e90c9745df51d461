package org.initlab.run;

import java.util.UUID;

/**
 * A worker's right to write a run's results; valid for as long as the run's row carries this attempt.
 *
 * @param queueEntry the entry of the queue through which the worker got the run
 * @param mayEndOthers see {@link RunSpec}
 */
record Lease(UUID runId, UUID experimentId, int attempt, int queueEntry, boolean mayEndOthers) {}

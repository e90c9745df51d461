package org.initlab.run;

import java.util.UUID;

/**
 * A worker's right to write a run's results: good for as long as the run's row carries this attempt.
 *
 * @param queueEntry the queue's entry that it was given by
 */
record Lease(UUID runId, UUID experimentId, int attempt, int queueEntry) {}

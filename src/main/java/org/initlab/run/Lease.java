package org.initlab.run;

import java.util.UUID;

/** A worker's right to write a run's results: good for as long as the run's row carries this attempt. */
record Lease(UUID runId, UUID experimentId, int attempt) {}

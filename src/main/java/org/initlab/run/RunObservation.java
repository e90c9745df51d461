package org.initlab.run;

import io.micrometer.observation.Observation;
import java.util.UUID;

/** A worker's whole time with a run. */
final class RunObservation extends Observation.Context {
    private final UUID runId;

    RunObservation(UUID runId) {
        this.runId = runId;
    }

    UUID runId() {
        return runId;
    }
}

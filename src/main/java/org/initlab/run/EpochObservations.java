package org.initlab.run;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/** Observes a run's epochs, each from the end of the one before to its own commit; belongs to the training's thread. */
final class EpochObservations implements AutoCloseable {
    private final ObservationRegistry registry;
    private final Lease lease;
    private Observation.Scope current;

    EpochObservations(ObservationRegistry registry, Lease lease) {
        this.registry = registry;
        this.lease = lease;
    }

    void begin() {
        current = Observation.createNotStarted("initlab.epoch", registry)
                .highCardinalityKeyValue("experiment", lease.experimentId().toString())
                .highCardinalityKeyValue("run", lease.runId().toString())
                .start()
                .openScope();
    }

    void next() {
        end("committed");
        begin();
    }

    private void end(String outcome) {
        Observation epoch = current.getCurrentObservation();
        current.close();
        epoch.lowCardinalityKeyValue("outcome", outcome).stop();
    }

    /** The epoch at hand, if any, comes to nothing: the attempt ends before it. */
    @Override
    public void close() {
        if (current != null) {
            end("unfinished");
        }
    }
}

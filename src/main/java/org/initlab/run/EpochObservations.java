package org.initlab.run;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/** Observes a run's epochs, each from the end of the previous one to its own commit; to be used on the training thread. */
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

    /** The attempt ends within an epoch. */
    @Override
    public void close() {
        if (current != null) {
            end("unfinished");
        }
    }
}

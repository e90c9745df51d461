package org.initlab.run;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Supplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Publishes what goes on in this worker, to be measured and traced; ids go into traces only, as each would be a meter. */
@Component
class Telemetry {
    private final ObservationRegistry observations;
    private final ApplicationEventPublisher events;

    Telemetry(ObservationRegistry observations, ApplicationEventPublisher events) {
        this.observations = observations;
        this.events = events;
    }

    void tell(WorkerEvent event) {
        events.publishEvent(event);
    }

    <T> T observe(String name, Supplier<T> work) {
        return Observation.createNotStarted(name, observations).observe(work);
    }

    void observe(String name, Runnable work) {
        Observation.createNotStarted(name, observations).observe(work);
    }

    /** Observes each epoch of a run. */
    EpochObservations epochs(Lease lease) {
        return new EpochObservations(observations, lease);
    }
}

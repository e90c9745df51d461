package org.initlab.run;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.UUID;
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

    /** Observes a worker's whole time with a run, of which everything else that is observed meanwhile is a part. */
    <T> T observeRun(UUID runId, Supplier<T> work) {
        return Observation.createNotStarted("initlab.run", () -> new RunObservation(runId), observations)
                .highCardinalityKeyValue("run", runId.toString())
                .observe(work);
    }

    /** Makes what is observed on another thread a part of what is being observed on this one. */
    Runnable carried(Runnable work) {
        Observation current = observations.getCurrentObservation();
        return current == null ? work : () -> current.scoped(work);
    }

    /** Observes each epoch of a run. */
    EpochObservations epochs(Lease lease) {
        return new EpochObservations(observations, lease);
    }
}

package org.initlab.run;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.initlab.run.RunEvent.StateChanged;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What users do with runs; part of the caller's transaction. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class RunCommands {
    private final Runs runs;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RunCommands(Runs runs, ApplicationEventPublisher events, Clock clock) {
        this.runs = runs;
        this.events = events;
        this.clock = clock;
    }

    /** Stores runs as queued, in the given order; returns their ids in the same order. */
    public List<UUID> create(List<NewRun> orders) {
        return orders.stream()
                .map(order -> runs.save(new Run(order, clock.instant())).id())
                .toList();
    }

    /** Cancels what is not finished; workers of cancelled runs stop within a second or a training step. */
    public void cancelAll(UUID experimentId) {
        runs.lockAll(experimentId).forEach(run -> run.cancel(clock.instant()));
        events.publishEvent(new StateChanged(experimentId));
    }
}

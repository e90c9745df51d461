package org.initlab.run;

import java.util.List;
import org.initlab.run.RunEvent.Ended;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Announces what a worker did to a run, within the transaction that stores it. */
@Component
class RunAnnouncer {
    private final ApplicationEventPublisher events;

    RunAnnouncer(ApplicationEventPublisher events) {
        this.events = events;
    }

    void announce(Run run, Transition transition) {
        if (transition.isChange()) {
            RunView view = run.view();
            if (run.state().isFinal()) {
                announce(new Ended(view.experimentId(), view));
            }
            announce(StateChanged.of(List.of(view)));
        }
    }

    void announce(StateChanged event) {
        events.publishEvent(event);
    }

    void announce(RunEvent event) {
        events.publishEvent(event);
    }
}

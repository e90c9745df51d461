package org.initlab.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Lets the training go as soon as the process is told to stop, whatever else has to end before the scheduler does. */
@Component
class Stop {
    private final ObjectProvider<Scheduler> scheduler;
    private volatile boolean requested;

    Stop(ObjectProvider<Scheduler> scheduler) {
        this.scheduler = scheduler;
    }

    boolean isRequested() {
        return requested;
    }

    @EventListener(ContextClosedEvent.class)
    void request() {
        // what is handed back is for other workers
        scheduler.ifAvailable(Scheduler::pause);
        requested = true;
    }
}

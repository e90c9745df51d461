package org.initlab.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the training that the process is stopping, before anything that the scheduler's own shutdown has to wait for. */
@Component
class ShutdownSignal {
    private final ObjectProvider<Scheduler> scheduler;
    private volatile boolean raised;

    ShutdownSignal(ObjectProvider<Scheduler> scheduler) {
        this.scheduler = scheduler;
    }

    boolean isRaised() {
        return raised;
    }

    @EventListener(ContextClosedEvent.class)
    void raise() {
        // a run that is handed back is for other workers
        scheduler.ifAvailable(Scheduler::pause);
        raised = true;
    }
}

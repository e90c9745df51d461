package org.initlab.run;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.initlab.platform.DatabaseOutage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second what the run's row wants, so that a cancelled or paused run's training stops soon. */
class LeaseWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LeaseWatch.class);

    private final ScheduledExecutorService timer;
    private final Future<?> looking;
    private final RunLedger ledger;
    private final Lease lease;
    private volatile LeaseState state = LeaseState.HELD;

    LeaseWatch(RunLedger ledger, Lease lease) {
        this.ledger = ledger;
        this.lease = lease;
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "lease-watch");
            thread.setDaemon(true);
            return thread;
        });
        looking = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    LeaseState state() {
        return state;
    }

    private void look() {
        try {
            state = ledger.look(lease);
        } catch (RuntimeException e) {
            // an outage is told by the worker's presence
            if (!DatabaseOutage.isCauseOf(e)) {
                log.warn("Training goes on without a look at its run", e);
            }
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
        timer.shutdown();
    }
}

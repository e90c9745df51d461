package org.initlab.run;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second whether a lease still holds, so that a cancelled run's training stops soon. */
class LeaseWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LeaseWatch.class);

    private final ScheduledExecutorService timer;
    private final Future<?> looking;
    private final RunLedger ledger;
    private final Lease lease;
    private volatile boolean lost;

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

    boolean lost() {
        return lost;
    }

    private void look() {
        try {
            lost = !ledger.holds(lease);
        } catch (RuntimeException e) {
            log.warn("Cannot see whether attempt {} still holds; training goes on", lease.attempt(), e);
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
        timer.shutdown();
    }
}

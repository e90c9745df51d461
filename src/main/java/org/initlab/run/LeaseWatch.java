package org.initlab.run;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.initlab.platform.DatabaseOutage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a run's row again and again while it trains, so that a cancelled or paused run stops soon. */
class LeaseWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LeaseWatch.class);

    private final ScheduledExecutorService timer;
    private final Future<?> looking;
    private final RunLedger ledger;
    private final Lease lease;
    private volatile LeaseState state = LeaseState.HELD;

    LeaseWatch(RunLedger ledger, Lease lease, Duration interval) {
        this.ledger = ledger;
        this.lease = lease;
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "lease-watch");
            thread.setDaemon(true);
            return thread;
        });
        looking =
                timer.scheduleWithFixedDelay(this::look, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    LeaseState state() {
        return state;
    }

    private void look() {
        try {
            state = ledger.look(lease);
        } catch (RuntimeException | Error e) {
            // the timer would stop without a word; the worker's presence reports an outage
            if (!DatabaseOutage.isCauseOf(e)) {
                log.warn("Could not look at run {}; its training goes on: {}", lease.runId(), e.toString());
                log.debug("Why run {} could not be looked at", lease.runId(), e);
            }
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
        timer.shutdown();
    }
}

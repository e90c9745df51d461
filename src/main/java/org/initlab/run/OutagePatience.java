package org.initlab.run;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.initlab.platform.DatabaseOutage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** Repeats a write for as long as the database is unavailable. */
class OutagePatience {
    private static final Logger log = LoggerFactory.getLogger(OutagePatience.class);

    private final Duration pause;
    private final BooleanSupplier giveUp;

    /**
     * Waits between two tries.
     *
     * @param pause how long
     * @param giveUp turns true when there is no time to wait any longer
     */
    OutagePatience(Duration pause, BooleanSupplier giveUp) {
        this.pause = pause;
        this.giveUp = giveUp;
    }

    /**
     * Returns once the write has succeeded.
     *
     * @param write may be repeated
     * @throws RuntimeException what the write threw, if the database is available or there is no time to wait
     */
    void persist(Runnable write) {
        boolean waited = false;
        while (true) {
            try {
                write.run();
                if (waited) {
                    log.info("The database is back, and the pending results are stored");
                }
                return;
            } catch (RuntimeException e) {
                if (!DatabaseOutage.isCauseOf(e) || giveUp.getAsBoolean() || !pause()) {
                    throw e;
                }
                if (!waited) {
                    log.warn(
                            "The database is unavailable: results wait until they can be stored ({})",
                            NestedExceptionUtils.getMostSpecificCause(e).getMessage());
                }
                waited = true;
            }
        }
    }

    private boolean pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

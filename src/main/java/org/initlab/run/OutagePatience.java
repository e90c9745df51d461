package org.initlab.run;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.initlab.platform.DatabaseOutage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a write for as long as the database is away. */
class OutagePatience {
    private static final Logger log = LoggerFactory.getLogger(OutagePatience.class);

    private final BooleanSupplier giveUp;

    OutagePatience(BooleanSupplier giveUp) {
        this.giveUp = giveUp;
    }

    /** Returns when the write, which has to be repeatable, has succeeded; throws what is no outage, and all when giving up. */
    void persist(Runnable write) {
        boolean waited = false;
        while (true) {
            try {
                write.run();
                if (waited) {
                    log.info("The database is back; the write that waited is done");
                }
                return;
            } catch (RuntimeException e) {
                if (!DatabaseOutage.isCauseOf(e) || giveUp.getAsBoolean() || !pause()) {
                    throw e;
                }
                if (!waited) {
                    log.warn("The database is away: what was measured waits for it");
                }
                waited = true;
            }
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

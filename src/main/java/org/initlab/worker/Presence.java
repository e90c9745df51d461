package org.initlab.worker;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.DatabaseOutage;
import org.initlab.platform.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Shows that this worker is alive, and knows since when it has done so without a gap. */
@Component
@ConditionalOnRole(Role.WORKER)
public class Presence {
    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private final WorkerTable table;
    private final Worker worker;
    private final Duration lease;
    private final Clock clock;
    private final Instant startedAt;
    private volatile UUID runId;
    private volatile Instant presentSince;
    private volatile Instant lastBeat;
    private boolean unavailable;
    private boolean clockIsWrong;
    private boolean left;

    Presence(WorkerTable table, Worker worker, WorkerProperties properties, Clock clock) {
        this.table = table;
        this.worker = worker;
        this.lease = properties.lease();
        this.clock = clock;
        startedAt = clock.instant();
    }

    /** Shows what this worker trains from now on; {@code null} if it is idle. */
    public void trains(UUID run) {
        runId = run;
        beat();
    }

    /**
     * Whether this worker may declare the one dead that has a run, because its heartbeat in the queue looks old. Its own
     * heartbeats must have reached the database for a whole lease: after an outage all are old, and live workers need that time
     * to renew theirs. The other must be silent by the database's clock, too: those of the two hosts may differ.
     */
    public boolean mayDeclareDead(UUID itsRun) {
        return isPresent() && !table.isTrained(itsRun, lease);
    }

    private boolean isPresent() {
        Instant now = clock.instant();
        Instant since = presentSince;
        return since != null && !now.isAfter(lastBeat.plus(lease)) && !now.isBefore(since.plus(lease));
    }

    @Scheduled(fixedRateString = "${initlab.worker.heartbeat:4s}")
    synchronized void beat() {
        if (left) {
            return;
        }
        try {
            Instant now = clock.instant();
            compare(now, table.beat(worker, runId, startedAt));
            table.removeSilentFor(FORGOTTEN_AFTER);
            boolean gap = lastBeat == null || now.isAfter(lastBeat.plus(lease));
            presentSince = gap ? now : presentSince;
            lastBeat = now;
            if (unavailable) {
                log.info("The database is back");
            }
            unavailable = false;
        } catch (DataAccessException | TransactionException e) {
            if (!DatabaseOutage.isCauseOf(e)) {
                throw e;
            }
            if (!unavailable) {
                log.warn(
                        "The database is unavailable, and this worker takes no run until it is back: {}",
                        NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            }
            unavailable = true;
        }
    }

    /** What is written here is read by others, whose clocks the database's stands for. */
    private void compare(Instant before, Instant ofDatabase) {
        Instant after = clock.instant();
        Duration off = ofDatabase.isBefore(before)
                ? Duration.between(ofDatabase, before)
                : ofDatabase.isAfter(after) ? Duration.between(after, ofDatabase) : Duration.ZERO;
        boolean wrong = off.compareTo(CLOCK_TOLERANCE) > 0;
        if (wrong && !clockIsWrong) {
            log.warn(
                    "This host's clock is {} s {} the database's: set both by NTP. Until then what this worker writes bears"
                            + " wrong times, and runs may wait",
                    off.toSeconds(),
                    ofDatabase.isBefore(before) ? "ahead of" : "behind");
        }
        clockIsWrong = wrong;
    }

    /** For good: a run that is handed back meanwhile must not bring the row back, which would look like a worker that died. */
    @PreDestroy
    synchronized void leave() {
        left = true;
        try {
            table.remove(worker.id());
        } catch (DataAccessException e) {
            log.debug("This worker's row stays until it expires", e);
        }
    }
}

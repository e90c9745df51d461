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

    private final WorkerTable table;
    private final Worker worker;
    private final Duration lease;
    private final Clock clock;
    private final Instant startedAt;
    private volatile UUID runId;
    private volatile Instant presentSince;
    private volatile Instant lastBeat;
    private boolean unavailable;

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
     * Whether this worker may declare others dead: its own heartbeats have reached the database for a whole lease. After
     * an outage all heartbeats are old, and live workers need that time to renew theirs.
     */
    public boolean mayDeclareOthersDead() {
        Instant now = clock.instant();
        Instant since = presentSince;
        return since != null && !now.isAfter(lastBeat.plus(lease)) && !now.isBefore(since.plus(lease));
    }

    @Scheduled(fixedRateString = "${initlab.worker.heartbeat:4s}")
    synchronized void beat() {
        try {
            Instant now = clock.instant();
            table.beat(worker, runId, startedAt, now);
            table.removeSilentSince(now.minus(FORGOTTEN_AFTER));
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

    @PreDestroy
    void leave() {
        try {
            table.remove(worker.id());
        } catch (DataAccessException e) {
            log.debug("This worker's row stays until it expires", e);
        }
    }
}

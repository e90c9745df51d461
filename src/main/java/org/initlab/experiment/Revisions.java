package org.initlab.experiment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.initlab.platform.database.AfterCommit;
import org.initlab.platform.problem.NotFoundException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Experiments' revisions, read without a transaction around the one statement, and for those who poll in a loop kept for a moment:
 * on a host that trains, each statement takes its time from the training.
 *
 * <p>What is kept is never older than anything else that this process has shown of the experiment; another process may be ahead
 * by that moment.
 */
@Component
class Revisions {
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final int MOST = 1000;

    private final JdbcClient jdbc;
    private final Cache<UUID, Long> recent =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(MOMENT).build();

    Revisions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The revision of now.
     *
     * @throws NotFoundException where there is no such experiment
     */
    long current(UUID id) {
        long revision = read(id);
        outdate(List.of(id));
        return revision;
    }

    /**
     * The revision of a moment ago.
     *
     * @throws NotFoundException where there is no such experiment
     */
    long recent(UUID id) {
        return recent.get(id, this::read);
    }

    /** To be called between reading anything of experiments and showing it. */
    void outdate(Collection<UUID> ids) {
        recent.invalidateAll(ids);
    }

    /** To be called in the transaction that removes an experiment. */
    void outdateOnCommit(UUID id) {
        AfterCommit.run(() -> outdate(List.of(id)));
    }

    private long read(UUID id) {
        return jdbc.sql("select revision from experiment where id = ?")
                .param(id)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> ExperimentQueries.notFound(id));
    }
}

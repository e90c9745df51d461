package org.initlab.experiment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.initlab.platform.database.AfterCommit;
import org.initlab.platform.problem.NotFoundException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The revisions of experiments, and the way to read anything about an experiment that will be shown.
 *
 * <p>A revision is read by a single statement outside a transaction. For clients that poll in a loop it is also kept for a
 * moment: on a host that trains, each statement takes time from the training. A kept revision is never older than anything
 * else that this process has shown of the experiment, because all of that is read through {@link #showing}; another
 * process may be ahead by that moment.
 */
@Component
public class Revisions {
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final int MOST = 1000;

    private final JdbcClient jdbc;
    private final Cache<UUID, Long> recent =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(MOMENT).build();

    Revisions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The revision now: it changes whenever the experiment or one of its runs does.
     *
     * @throws NotFoundException if there is no such experiment
     */
    public long current(UUID id) {
        return showing(id, () -> read(id));
    }

    /**
     * The revision a moment ago, but never older than what this process has shown.
     *
     * @throws NotFoundException if there is no such experiment
     */
    public long recent(UUID id) {
        return recent.get(id, this::read);
    }

    /**
     * Raises the revision by one, in the caller's transaction: others that change the experiment wait until it ends. For changes of
     * nothing but a run, as the experiment is not read; empty if there is none.
     */
    Optional<Long> next(UUID id) {
        return jdbc.sql("update experiment set revision = revision + 1 where id = ? returning revision")
                .param(id)
                .query(Long.class)
                .optional();
    }

    /** The revisions of all experiments now. */
    public Map<UUID, Long> all() {
        Map<UUID, Long> all = new LinkedHashMap<>();
        jdbc.sql("select id, revision from experiment order by id").query(rs -> {
            all.put(rs.getObject("id", UUID.class), rs.getLong("revision"));
        });
        recent.invalidateAll(all.keySet());
        return all;
    }

    /** Reads something about an experiment in order to show it. */
    public <T> T showing(UUID id, Supplier<T> reading) {
        return showing(List.of(id), reading);
    }

    /** Reads something about several experiments in order to show it, perhaps together with what was read before. */
    public <T> T showing(Collection<UUID> ids, Supplier<T> reading) {
        T read = reading.get();
        recent.invalidateAll(ids);
        return read;
    }

    /** To be called in the transaction that removes an experiment. */
    void forgetOnCommit(UUID id) {
        AfterCommit.run(() -> recent.invalidate(id));
    }

    private long read(UUID id) {
        return jdbc.sql("select revision from experiment where id = ?")
                .param(id)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> ExperimentQueries.notFound(id));
    }
}

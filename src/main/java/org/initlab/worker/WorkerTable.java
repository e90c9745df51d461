package org.initlab.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The workers' rows: each changes with every heartbeat, so plain SQL rather than entities. */
@Component
class WorkerTable {
    private final JdbcClient jdbc;

    WorkerTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Shows that a worker is alive. Returns the database's time, as other hosts' clocks may be wrong, or this one's. */
    Instant beat(Worker worker, @Nullable UUID runId, Instant startedAt) {
        return jdbc.sql(
                        """
                        insert into worker (id, name, host, device, threads, run_id, started_at, heartbeat_at)
                        values (?, ?, ?, ?, ?, ?, ?, now())
                        on conflict (id) do update set run_id = excluded.run_id, heartbeat_at = excluded.heartbeat_at
                        returning heartbeat_at""")
                .params(
                        worker.id(),
                        worker.name(),
                        worker.host(),
                        worker.device(),
                        worker.threads(),
                        runId,
                        startedAt.atOffset(ZoneOffset.UTC))
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    void remove(UUID id) {
        jdbc.sql("delete from worker where id = ?").param(id).update();
    }

    void removeSilentFor(Duration time) {
        jdbc.sql("delete from worker where heartbeat_at < now() - make_interval(secs => ?)")
                .param(seconds(time))
                .update();
    }

    /**
     * The longest running worker first.
     *
     * @param lease who has not been heard for longer is silent
     */
    List<Row> all(Duration lease) {
        return jdbc.sql(
                        """
                        select w.*, r.experiment_id, w.heartbeat_at < now() - make_interval(secs => ?) as silent
                        from worker w left join run r on r.id = w.run_id
                        order by w.started_at, w.id""")
                .param(seconds(lease))
                .query((rs, n) -> new Row(
                        rs.getString("name"),
                        rs.getString("host"),
                        rs.getString("device"),
                        rs.getInt("threads"),
                        rs.getObject("run_id", UUID.class),
                        rs.getObject("experiment_id", UUID.class),
                        rs.getObject("started_at", OffsetDateTime.class).toInstant(),
                        rs.getObject("heartbeat_at", OffsetDateTime.class).toInstant(),
                        rs.getBoolean("silent")))
                .list();
    }

    /** The devices of those that are not silent, each once. */
    List<String> liveDevices(Duration lease) {
        return jdbc.sql("select distinct device from worker where heartbeat_at >= now() - make_interval(secs => ?)")
                .param(seconds(lease))
                .query(String.class)
                .list();
    }

    /** Whether one that is not silent has the run. */
    boolean isTrained(UUID runId, Duration lease) {
        return jdbc.sql(
                        """
                        select exists (select from worker
                            where run_id = ? and heartbeat_at >= now() - make_interval(secs => ?))""")
                .params(runId, seconds(lease))
                .query(Boolean.class)
                .single();
    }

    record Row(
            String name,
            String host,
            String device,
            int threads,
            UUID runId,
            UUID experimentId,
            Instant startedAt,
            Instant heartbeatAt,
            boolean isSilent) {}

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}

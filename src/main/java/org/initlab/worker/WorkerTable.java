package org.initlab.worker;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The workers' rows: each changes with every heartbeat, so plain SQL rather than entities. */
@Component
class WorkerTable {
    private final JdbcClient jdbc;

    WorkerTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void beat(Worker worker, UUID runId, Instant startedAt, Instant now) {
        jdbc.sql(
                        """
                        insert into worker (id, name, host, device, threads, run_id, started_at, heartbeat_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (id) do update set run_id = excluded.run_id, heartbeat_at = excluded.heartbeat_at""")
                .params(
                        worker.id(),
                        worker.name(),
                        worker.host(),
                        worker.device(),
                        worker.threads(),
                        runId,
                        utc(startedAt),
                        utc(now))
                .update();
    }

    void remove(UUID id) {
        jdbc.sql("delete from worker where id = ?").param(id).update();
    }

    void removeSilentSince(Instant time) {
        jdbc.sql("delete from worker where heartbeat_at < ?").param(utc(time)).update();
    }

    /** The longest running worker first. */
    List<Row> all() {
        return jdbc.sql(
                        """
                        select w.*, r.experiment_id from worker w left join run r on r.id = w.run_id
                        order by w.started_at, w.id""")
                .query((rs, n) -> new Row(
                        rs.getString("name"),
                        rs.getString("host"),
                        rs.getString("device"),
                        rs.getInt("threads"),
                        rs.getObject("run_id", UUID.class),
                        rs.getObject("experiment_id", UUID.class),
                        rs.getObject("started_at", OffsetDateTime.class).toInstant(),
                        rs.getObject("heartbeat_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** The devices of those that have been heard since, each once. */
    List<String> devicesSince(Instant time) {
        return jdbc.sql("select distinct device from worker where heartbeat_at >= ?")
                .param(utc(time))
                .query(String.class)
                .list();
    }

    record Row(
            String name,
            String host,
            String device,
            int threads,
            UUID runId,
            UUID experimentId,
            Instant startedAt,
            Instant heartbeatAt) {}

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

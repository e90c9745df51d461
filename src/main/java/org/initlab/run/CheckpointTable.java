package org.initlab.run;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The checkpoints that count: a file without a row here does not. */
@Component
class CheckpointTable {
    private final JdbcClient jdbc;
    private final Clock clock;

    CheckpointTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Stores a checkpoint; returns whether it is a new one, and not one of the same step. */
    boolean put(UUID runId, CheckpointRef checkpoint) {
        // a row that is new has not been locked or replaced by anyone
        return jdbc.sql(
                        """
                        insert into checkpoint (run_id, epoch, step, file, sha256, committed_at) values (?, ?, ?, ?, ?, ?)
                        on conflict (run_id, epoch, step) do update
                        set file = excluded.file, sha256 = excluded.sha256, committed_at = excluded.committed_at
                        returning xmax = 0""")
                .params(
                        runId,
                        checkpoint.epoch(),
                        checkpoint.step(),
                        checkpoint.file(),
                        checkpoint.sha256(),
                        OffsetDateTime.now(clock))
                .query(Boolean.class)
                .single();
    }

    List<CheckpointRef> newestFirst(UUID runId) {
        return jdbc.sql(
                        "select epoch, step, file, sha256 from checkpoint where run_id = ? order by epoch desc, step desc")
                .param(runId)
                .query(CheckpointRef.class)
                .list();
    }

    /** Removes all but the newest so many, and returns these. */
    List<CheckpointRef> keepNewest(UUID runId, int count) {
        List<CheckpointRef> all = newestFirst(runId);
        if (all.size() > count) {
            remove(runId, all.subList(count, all.size()));
        }
        return all.stream().limit(count).toList();
    }

    void remove(UUID runId, List<CheckpointRef> checkpoints) {
        jdbc.sql("delete from checkpoint where run_id = ? and file = any (?)")
                .params(runId, checkpoints.stream().map(CheckpointRef::file).toArray(String[]::new))
                .update();
    }

    void removeAll(List<UUID> runIds) {
        jdbc.sql("delete from checkpoint where run_id = any (?)")
                .params((Object) runIds.toArray(UUID[]::new))
                .update();
    }
}

package org.initlab.run;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which checkpoints count: a file that has no row here does not. */
@Component
class CheckpointTable {
    private final JdbcClient jdbc;
    private final Clock clock;

    CheckpointTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void put(UUID runId, CheckpointRef checkpoint) {
        jdbc.sql(
                        """
                        insert into checkpoint (run_id, epoch, step, file, sha256, committed_at) values (?, ?, ?, ?, ?, ?)
                        on conflict (run_id, epoch, step) do update
                        set file = excluded.file, sha256 = excluded.sha256, committed_at = excluded.committed_at""")
                .params(
                        runId,
                        checkpoint.epoch(),
                        checkpoint.step(),
                        checkpoint.file(),
                        checkpoint.sha256(),
                        OffsetDateTime.now(clock))
                .update();
    }

    List<CheckpointRef> newestFirst(UUID runId) {
        return jdbc.sql(
                        "select epoch, step, file, sha256 from checkpoint where run_id = ? order by epoch desc, step desc")
                .param(runId)
                .query(CheckpointRef.class)
                .list();
    }

    /** Forgets all but the newest so many, and returns these. */
    List<CheckpointRef> keepNewest(UUID runId, int count) {
        List<CheckpointRef> all = newestFirst(runId);
        all.stream().skip(count).forEach(old -> remove(runId, old));
        return all.stream().limit(count).toList();
    }

    void remove(UUID runId, CheckpointRef checkpoint) {
        jdbc.sql("delete from checkpoint where run_id = ? and epoch = ? and step = ?")
                .params(runId, checkpoint.epoch(), checkpoint.step())
                .update();
    }

    void removeAll(UUID runId) {
        jdbc.sql("delete from checkpoint where run_id = ?").param(runId).update();
    }
}

package org.initlab.run;

import static java.util.stream.Collectors.toMap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.database.StateCounts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts and lists runs for monitoring. */
@Component
@ConditionalOnRole(Role.API)
public class RunStatistics {
    private final StateCounts counts;
    private final JdbcClient jdbc;

    RunStatistics(StateCounts counts, JdbcClient jdbc) {
        this.counts = counts;
        this.jdbc = jdbc;
    }

    /**
     * The queued runs of an experiment.
     *
     * @param since when the first of them was submitted
     */
    public record Waiting(UUID experimentId, long runs, Instant since) {}

    /** The last epoch of an arm. */
    public record LastEpoch(UUID experimentId, String arm, EpochRow epoch) {}

    /** The number of runs in each state; states without any may be left out. */
    public Map<RunState, Long> byState() {
        return counts.of("run").entrySet().stream()
                .collect(toMap(count -> RunState.valueOf(count.getKey()), Map.Entry::getValue));
    }

    /** The queued runs, one entry per experiment. */
    public List<Waiting> waiting() {
        return jdbc.sql(
                        """
                        select experiment_id, count(*) as runs, min(created_at) as since
                        from run where state = 'QUEUED' group by experiment_id""")
                .query((rs, number) -> new Waiting(
                        rs.getObject("experiment_id", UUID.class), rs.getLong("runs"), instant(rs, "since")))
                .list();
    }

    /** The last checkpoint (or the start) of the running run that has gone longest without one; empty if none runs. */
    public Optional<Instant> oldestProgress() {
        return jdbc.sql(
                        """
                        select greatest(started_at, (select max(committed_at) from checkpoint where run_id = run.id)) as at
                        from run where state = 'RUNNING' order by at limit 1""")
                .query((rs, number) -> instant(rs, "at"))
                .optional();
    }

    /** The last epochs of arms, each from the run that committed one last; arms without an epoch are left out. */
    public List<LastEpoch> lastEpochs(Collection<UUID> experimentIds) {
        return jdbc.sql(
                        """
                        select distinct on (r.experiment_id, r.arm) r.experiment_id, r.arm, last.*
                        from run r cross join lateral (
                            select * from epoch where run_id = r.id order by epoch desc limit 1) last
                        where r.experiment_id = any (?) and r.started_at is not null
                        order by r.experiment_id, r.arm, last.committed_at desc""")
                .param(experimentIds.toArray(UUID[]::new))
                .query((rs, number) -> new LastEpoch(
                        rs.getObject("experiment_id", UUID.class), rs.getString("arm"), EpochRow.read(rs)))
                .list();
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, OffsetDateTime.class).toInstant();
    }
}

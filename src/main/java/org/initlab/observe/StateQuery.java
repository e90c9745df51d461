package org.initlab.observe;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.initlab.observe.StateReading.Curve;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.worker.Workers;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads everything that the state's gauges show by one statement, so that they belong together. */
@Component
@ConditionalOnRole(Role.API)
class StateQuery {
    private static final String CURVE = "curve";

    /**
     * The first columns tell a gauge, its label and its value; the others are a curve's. An arm's curve is that of its
     * run that committed an epoch last; of two live experiments with one name the newer one counts.
     */
    private static final String SQL =
            """
            with live as (
                select id, name, created_at from experiment where state = 'RUNNING'
                order by created_at desc, id desc limit 20
            ), waiting as (
                select case sign(e.priority) when 1 then 'high' when 0 then 'normal' else 'low' end as class, r.created_at
                from run r join experiment e on e.id = r.experiment_id where r.state = 'QUEUED'
            ), progress as (
                select greatest(r.started_at, (select max(c.committed_at) from checkpoint c where c.run_id = r.id)) as at
                from run r where r.state = 'RUNNING'
            ), curve as (
                select distinct on (live.name, r.arm) live.name, r.arm, last.*
                from live join run r on r.experiment_id = live.id and r.started_at is not null
                cross join lateral (
                    select epoch, loss, roc_auc, output_bias, committed_at from epoch
                    where run_id = r.id order by epoch desc limit 1) last
                order by live.name, r.arm, live.created_at desc, last.committed_at desc
            )
            select 'initlab.' || kind || 's' as gauge, state as label, sum(change)::float8 as value, null as arm,
                null::int as epoch, null::float8 as loss, null::float8 as roc_auc, null::float8 as output_bias
                from state_count group by kind, state
            union all select 'initlab.workers', case when heartbeat_at < :silentBefore then 'SILENT' else 'LIVE' end,
                count(*), null, null, null, null, null from worker group by 2
            union all select 'initlab.queue.runs', class, count(*), null, null, null, null, null from waiting group by class
            union all select 'initlab.queue.oldest.wait', class, extract(epoch from :now - min(created_at)),
                null, null, null, null, null from waiting group by class
            union all select 'initlab.runs.progress.age', '', extract(epoch from :now - min(at)),
                null, null, null, null, null from progress having count(*) > 0
            union all select 'curve', name, null, arm, epoch, loss, roc_auc, output_bias from curve""";

    /** What two processes fold at a time is folded once, as each inserts the sum of what it has deleted itself. */
    private static final String FOLD =
            """
            with folded as (
                delete from state_count where (select count(*) from state_count) > 500 returning kind, state, change
            )
            insert into state_count (kind, state, change)
            select kind, state, sum(change) from folded group by kind, state""";

    private final JdbcClient jdbc;
    private final Workers workers;
    private final Clock clock;

    StateQuery(JdbcClient jdbc, Workers workers, Clock clock) {
        this.jdbc = jdbc;
        this.workers = workers;
        this.clock = clock;
    }

    StateReading read() {
        Map<StateReading.Key, Double> values = new HashMap<>();
        List<Curve> curves = new ArrayList<>();
        jdbc.sql(SQL)
                .param("now", utc(clock.instant()))
                .param("silentBefore", utc(workers.silentBefore()))
                .query(rs -> {
                    if (rs.getString("gauge").equals(CURVE)) {
                        curves.add(curve(rs));
                    } else {
                        values.put(
                                new StateReading.Key(rs.getString("gauge"), rs.getString("label")),
                                rs.getDouble("value"));
                    }
                });
        return new StateReading(values, curves);
    }

    /** Keeps the table short that the counts by state are summed from. */
    void fold() {
        jdbc.sql(FOLD).update();
    }

    private static Curve curve(ResultSet rs) throws SQLException {
        return new Curve(
                rs.getString("label"),
                rs.getString("arm"),
                rs.getInt("epoch"),
                number(rs, "loss"),
                number(rs, "roc_auc"),
                number(rs, "output_bias"));
    }

    private static double number(ResultSet rs, String column) throws SQLException {
        Double value = rs.getObject(column, Double.class);
        return value == null ? Double.NaN : value;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

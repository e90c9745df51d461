package org.initlab.observe;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.initlab.observe.StateReading.ArmValue;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.worker.Workers;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what the state gauges show, in one statement: so it is one snapshot, and one round trip. */
@Component
@ConditionalOnRole(Role.API)
class StateQuery {
    private static final int MOST_LIVE = 20;
    /** An arm shows one of the runs of its experiment that began last; these are far more than train at a time. */
    private static final int MOST_RUNS = 256;

    /** Columns: gauge, its label or the experiment's name, arm, value. If two experiments share a name, the newer one's arm counts. */
    private static final String SQL =
            """
            with live as (
                select distinct on (x.name, r.arm) x.name, r.arm, last.*
                from (select * from experiment where state = 'RUNNING' order by created_at desc, id desc limit :most) x
                    cross join lateral (
                        select * from run where experiment_id = x.id and started_at is not null
                        order by started_at desc limit :runs
                    ) r
                    cross join lateral (select * from epoch where run_id = r.id order by epoch desc limit 1) last
                order by x.name, r.arm, x.created_at desc, x.id desc, last.committed_at desc
            ), waiting as (
                select case sign(x.priority) when 1 then 'high' when 0 then 'normal' else 'low' end as priority,
                    sum(queued.runs) as runs, cast(:now as timestamptz) - min(x.created_at) as wait
                from (select experiment_id, sum(runs) as runs
                        from run_tally where state = 'QUEUED' group by experiment_id having sum(runs) > 0) queued
                    join experiment x on x.id = queued.experiment_id
                group by 1
            ), progress as (
                select greatest(started_at, (select max(committed_at) from checkpoint where run_id = run.id)) as at
                from run where state = 'RUNNING'
            )
            select 'initlab.' || kind || 's' as gauge, state as label, null as arm, sum(change) as value
            from state_count group by kind, state
            union all select 'initlab.workers', case when heartbeat_at < now() - make_interval(secs => :lease) then 'SILENT' else 'LIVE' end, null, count(*)
            from worker group by 2
            union all select 'initlab.queue.runs', priority, null, runs from waiting
            union all select 'initlab.queue.oldest.wait', priority, null, extract(epoch from wait) from waiting
            union all select 'initlab.runs.progress.age', '', null, extract(epoch from cast(:now as timestamptz) - min(at))
            from progress having count(*) > 0
            union all select 'initlab.live.' || quantity, name, arm, value
            from live cross join lateral (values ('epoch', epoch), ('loss', loss), ('objective', objective), ('roc.auc', roc_auc),
                ('mean.probability', mean_probability), ('ece', ece), ('output.bias', output_bias)) as measured (quantity, value)""";

    private final JdbcClient jdbc;
    private final Workers workers;
    private final Clock clock;

    StateQuery(JdbcClient jdbc, Workers workers, Clock clock) {
        this.jdbc = jdbc;
        this.workers = workers;
        this.clock = clock;
    }

    StateReading read() {
        StateReading reading = new StateReading(new HashMap<>(), new HashMap<>());
        jdbc.sql(SQL)
                .param("most", MOST_LIVE)
                .param("runs", MOST_RUNS)
                .param("now", utc(clock.instant()))
                .param("lease", workers.lease().toNanos() / 1e9)
                .query(rs -> {
                    add(rs, reading.values(), reading.live());
                });
        return reading;
    }

    private static void add(ResultSet rs, Map<StateReading.Key, Double> values, Map<String, List<ArmValue>> live)
            throws SQLException {
        String gauge = rs.getString("gauge");
        String label = rs.getString("label");
        String arm = rs.getString("arm");
        Double value = rs.getObject("value", Double.class);
        double known = value == null ? Double.NaN : value;
        if (arm == null) {
            values.put(new StateReading.Key(gauge, label), known);
        } else {
            live.computeIfAbsent(gauge, name -> new ArrayList<>()).add(new ArmValue(label, arm, known));
        }
    }

    private static Object utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

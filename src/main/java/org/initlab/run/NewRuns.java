package org.initlab.run;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Stores runs that no worker has had yet, by one statement: a study has thousands, which take seconds one by one. */
@Component
class NewRuns {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    NewRuns(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(List<Run> runs, Instant createdAt) {
        jdbc.sql(
                        """
                        insert into run (id, experiment_id, arm, arm_index, trial, required_device, may_end_others, traceparent,
                            plan, state, epochs_total, created_at, attempt, fruitless_attempts, epochs_done)
                        select id, experiment_id, arm, arm_index, trial, required_device, may_end_others, traceparent,
                            plan::jsonb, state, epochs_total, ?::timestamptz, 0, 0, 0
                        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as new (id, experiment_id, arm, arm_index, trial,
                            required_device, may_end_others, traceparent, plan, state, epochs_total)""")
                .params(
                        OffsetDateTime.ofInstant(createdAt, ZoneOffset.UTC),
                        column(runs, Run::id, UUID[]::new),
                        column(runs, run -> run.spec().experimentId(), UUID[]::new),
                        column(runs, run -> run.spec().arm(), String[]::new),
                        column(runs, run -> run.spec().armIndex(), Integer[]::new),
                        column(runs, run -> run.spec().trial(), Integer[]::new),
                        column(runs, run -> run.spec().requiredDevice(), String[]::new),
                        column(runs, run -> run.spec().mayEndOthers(), Boolean[]::new),
                        column(runs, run -> run.spec().traceparent(), String[]::new),
                        column(runs, run -> json.writeValueAsString(run.spec().plan()), String[]::new),
                        column(runs, run -> run.state().name(), String[]::new),
                        column(runs, run -> run.spec().plan().training().epochs(), Integer[]::new))
                .update();
    }

    private static <T> Object column(List<Run> runs, Function<Run, T> value, IntFunction<T[]> array) {
        return runs.stream().map(value).toArray(array);
    }
}

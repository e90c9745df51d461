package org.initlab.run;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Stores what users' verbs change of runs, by one statement: a study has thousands, which Hibernate would write one by one. */
@Component
class ChangedRuns {
    private final JdbcClient jdbc;
    private final EntityManager entities;
    private final JsonMapper json;

    ChangedRuns(JdbcClient jdbc, EntityManager entities, JsonMapper json) {
        this.jdbc = jdbc;
        this.entities = entities;
        this.json = json;
    }

    /** Stores all but the plans; Hibernate forgets the runs. */
    void store(List<Run> runs) {
        List<RunView> views = runs.stream().map(Run::view).toList();
        jdbc.sql(
                        """
                        update run set state = changed.state, queue_entry = changed.queue_entry, worker = changed.worker,
                            fruitless_attempts = changed.fruitless_attempts, epochs_total = changed.epochs_total,
                            pause_requested = changed.pause_requested, waiting_for = changed.waiting_for,
                            rows_ready = changed.rows_ready, rows_needed = changed.rows_needed,
                            failure = changed.failure, finished_at = changed.finished_at::timestamptz
                        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as changed (id, state, queue_entry, worker,
                            fruitless_attempts, epochs_total, pause_requested, waiting_for, rows_ready, rows_needed,
                            failure, finished_at)
                        where run.id = changed.id""")
                .params(
                        column(views, RunView::id, UUID[]::new),
                        column(views, view -> view.state().name(), String[]::new),
                        column(runs, run -> run.queued().entry(), Integer[]::new),
                        column(views, RunView::worker, String[]::new),
                        column(runs, Run::fruitlessAttempts, Integer[]::new),
                        column(views, RunView::epochsTotal, Integer[]::new),
                        column(views, RunView::pauseRequested, Boolean[]::new),
                        column(views, RunView::waitingFor, String[]::new),
                        column(views, view -> ifPreparing(view, Preparing::rowsDone), Integer[]::new),
                        column(views, view -> ifPreparing(view, Preparing::rowsTotal), Integer[]::new),
                        column(views, RunView::failure, String[]::new),
                        column(
                                views,
                                view -> view.finishedAt() == null
                                        ? null
                                        : view.finishedAt().toString(),
                                String[]::new))
                .update();
        runs.forEach(entities::detach);
    }

    /** Stores the plans as well, which are long, and change only by an extension. */
    void storeWithPlans(List<Run> runs) {
        jdbc.sql(
                        """
                        update run set plan = changed.plan::jsonb from unnest(?, ?) as changed (id, plan)
                        where run.id = changed.id""")
                .params(
                        column(runs, Run::id, UUID[]::new),
                        column(runs, run -> json.writeValueAsString(run.spec().plan()), String[]::new))
                .update();
        store(runs);
    }

    private static @Nullable Integer ifPreparing(RunView view, Function<Preparing, Integer> rows) {
        return view.preparing() == null ? null : rows.apply(view.preparing());
    }

    private static <R, T> Object column(List<R> rows, Function<R, @Nullable T> value, IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
    }
}

package org.initlab.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.initlab.ServiceClient;
import org.initlab.ServiceProcess;
import org.initlab.platform.database.StoppablePostgres;
import org.initlab.results.Measurements;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The packaged service on a PostgreSQL that the benchmark can fill directly. */
final class SeededService implements AutoCloseable {
    /** 20 runs of 6 epochs, which a worker without a GPU does not touch. */
    private static final String POLLED =
            """
            {"name": "polled", "device": "cuda", "dataset": {"name": "digits"}, "trials": 10, "training": {"epochs": 6},
             "model": {"architecture": "efficientnet_b0", "imageSize": 32}}""";

    private static final int STEPS_AN_EPOCH = 23;

    private final StoppablePostgres database;
    private final ServiceProcess process;
    private final JdbcClient jdbc;

    private SeededService(StoppablePostgres database, ServiceProcess process) {
        this.database = database;
        this.process = process;
        jdbc = database.jdbc();
    }

    static SeededService start(Path home) {
        return start(new StoppablePostgres(home.resolve("database")), home);
    }

    /**
     * Starts the service.
     *
     * @param database is closed with it
     */
    static SeededService start(StoppablePostgres database, Path home, String... more) {
        try {
            List<String> properties = new ArrayList<>(database.properties());
            properties.add("initlab.quickstart=false");
            properties.addAll(List.of(more));
            ServiceProcess process = ServiceProcess.startPackaged(home, properties.toArray(String[]::new));
            return new SeededService(database, process);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    ServiceClient client() {
        return process.client();
    }

    OpenLoad load() {
        return new OpenLoad(process.port());
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    StoppablePostgres database() {
        return database;
    }

    int port() {
        return process.port();
    }

    /** The service's CPU time so far, without its database's. */
    Duration cpu() {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow();
    }

    /** Stores an experiment of 20 finished runs of 6 epochs; returns its path. */
    String finishedExperiment() {
        return finishedExperiment(POLLED);
    }

    /** Stores an experiment whose runs have finished; returns its path. */
    String finishedExperiment(String spec) {
        String path = client().submit(spec);
        new Measurements(jdbc).finish(path, STEPS_AN_EPOCH);
        return path;
    }

    /** Stores copies of an experiment with its first two trials. */
    void copy(String path, int copies) {
        copy(path, copies, 2);
    }

    /** Stores copies of an experiment with its first trials, each a minute older than the one before. */
    void copy(String path, int copies, int trials) {
        UUID template = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
        jdbc.sql(
                        """
                insert into experiment (id, name, name_key, state, spec, dataset, architecture, priority, task, revision, created_at, finished_at)
                select gen_random_uuid(), name || ' ' || n, name_key || ' ' || n, state, spec, dataset, 'efficientnet_b' || n % 8, priority, task, revision,
                    created_at - make_interval(mins => n), finished_at
                from experiment cross join generate_series(1, :copies) as n where id = :template""")
                .param("copies", copies)
                .param("template", template)
                .update();
        execute(
                """
                insert into run (id, experiment_id, arm, arm_index, trial, plan, state, attempt, fruitless_attempts, epochs_total,
                    epochs_done, created_at, finished_at)
                select gen_random_uuid(), e.id, r.arm, r.arm_index, r.trial, r.plan, r.state, 1, 0, r.epochs_total, r.epochs_done,
                    e.created_at, e.finished_at
                from run r join experiment e on e.id <> r.experiment_id where r.experiment_id = :template and r.trial < :trials
                on conflict do nothing""",
                template,
                trials);
        execute(
                """
                insert into epoch (run_id, epoch, loss, roc_auc, train_seconds, eval_seconds, committed_at)
                select copy.id, e.epoch, e.loss, e.roc_auc, e.train_seconds, e.eval_seconds, e.committed_at
                from run r join epoch e on e.run_id = r.id
                    join run copy on (copy.arm_index, copy.trial) = (r.arm_index, r.trial) and copy.experiment_id <> r.experiment_id
                where r.experiment_id = :template and r.trial < :trials on conflict do nothing""",
                template,
                trials);
        jdbc.sql("vacuum analyze").update();
    }

    private void execute(String sql, UUID template, int trials) {
        jdbc.sql(sql).param("template", template).param("trials", trials).update();
    }

    @Override
    public void close() {
        process.close();
        database.close();
    }
}

package org.initlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.initlab.InitLabApplication;
import org.initlab.bench.OpenLoad.Request;
import org.initlab.platform.database.StoppablePostgres;
import org.initlab.queue.SimulatedWorker;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** Measures the orchestration with many workers, none of which trains anything: {@code bench/scale [--small]}. */
final class ScaleBench {
    private static final int ARMS = 5;
    private static final int TRIALS = 10;
    private static final int EPOCHS = 100;
    private static final double SECONDS_BETWEEN_POLLS = 5;

    /** 50 runs of 101 rows each. */
    private static final String FINISHED = spec("finished", "\"cuda\"", TRIALS, EPOCHS);

    private final Size size;
    private final Report report;
    private final SeededService service;
    private final OperationTimes times = new OperationTimes();

    /**
     * How much of everything.
     *
     * @param submissions of {@code ARMS} × {@code trials} runs each, which wait
     * @param finished experiments with 5,050 epochs each
     * @param clients each asks every 5 s
     * @param seconds of each phase
     */
    private record Size(int workers, int submissions, int trials, int finished, int clients, int seconds) {
        static final Size FULL = new Size(200, 20, 1000, 990, 1000, 30);
        static final Size SMALL = new Size(8, 1, 200, 2, 20, 5);
    }

    private ScaleBench(Size size, Report report, SeededService service) {
        this.size = size;
        this.report = report;
        this.service = service;
    }

    public static void main(String[] args) throws Exception {
        Size size = List.of(args).contains("--small") ? Size.SMALL : Size.FULL;
        Path home = Files.createTempDirectory("initlab-scale");
        Report report = new Report(
                Path.of("target", "bench-scale"), List.of("Machine: " + Machine.describe(), "Size: " + size));
        StoppablePostgres database = new StoppablePostgres(home.resolve("database"));
        database.jdbc().sql("alter system set max_connections = 1000").update();
        database.stop();
        database.start();
        try (SeededService service =
                SeededService.start(database, home, "initlab.roles=api", "initlab.queue.limit=1000000")) {
            new ScaleBench(size, report, service).measure();
        } finally {
            FileSystemUtils.deleteRecursively(home);
        }
    }

    private static String spec(String name, String device, int trials, int epochs) {
        return """
                {"name": "%s", "device": %s, "trials": %d, "training": {"epochs": %d, "batchSize": 32},
                 "dataset": {"name": "synthetic", "trainLimit": 64, "testLimit": 32, "positiveRate": 0.25},
                 "model": {"architecture": "efficientnet_b0"},
                 "biasInits": [{"type": "default"}, {"type": "zeros"}, {"type": "positive_rate"},
                               {"type": "constant", "value": 1}, {"type": "constant", "value": 2}]}"""
                .formatted(name, device, trials, epochs);
    }

    private void measure() throws IOException, SQLException {
        String finished = service.finishedExperiment(FINISHED);
        service.copy(finished, size.finished(), TRIALS);
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < size.submissions(); i++) {
            String spec = spec("waiting " + i, "null", size.trials(), 1);
            waiting.add(times.of("client: POST of " + ARMS * size.trials() + " runs", () -> service.client()
                    .submit(spec)));
        }
        service.jdbc().sql("vacuum analyze").update();
        known("runs that wait", "", count("scheduled_tasks"));
        known("rows of epochs", "", count("epoch"));
        tell("submission", times.take());

        try (ConfigurableApplicationContext beans = beans()) {
            List<SimulatedWorker> workers = new ArrayList<>();
            for (int i = 0; i < size.workers(); i++) {
                workers.add(new SimulatedWorker("worker-" + i, beans, times));
            }
            try {
                phase("workers only");
                try (Pollers pollers = pollers(finished, waiting.get(0))) {
                    pollers.start();
                    phase("and clients");
                    statements();
                    try (Connection backup = snapshot()) {
                        phase("and a backup's snapshot");
                        backup.rollback();
                    }
                    phase("after the backup");
                }
            } finally {
                workers.parallelStream().forEach(SimulatedWorker::close);
            }
        }
    }

    /** The service's parts for the workers; their pool has a second connection for each, as a worker's own has. */
    private ConfigurableApplicationContext beans() {
        List<String> arguments = new ArrayList<>(service.database().properties());
        arguments.addAll(List.of(
                "server.port=0",
                "initlab.roles=api",
                "initlab.quickstart=false",
                "initlab.home=" + Path.of("target", "bench-scale").toAbsolutePath(),
                "spring.datasource.hikari.maximum-pool-size=" + 2 * size.workers(),
                "spring.datasource.hikari.connection-timeout=60000",
                "logging.level.root=warn"));
        return new SpringApplicationBuilder(InitLabApplication.class)
                .run(arguments.stream().map(argument -> "--" + argument).toArray(String[]::new));
    }

    private Pollers pollers(String finished, String waiting) throws IOException {
        String etag = service.client().get(finished + "/metrics").header("ETag");
        return new Pollers(
                service.port(),
                size.clients(),
                SECONDS_BETWEEN_POLLS,
                List.of(
                        "GET an experiment that runs",
                        "GET one that has finished",
                        "GET its metrics, unchanged",
                        "GET the list",
                        "GET the workers"),
                List.of(
                        Request.get(waiting),
                        Request.get(finished),
                        Request.unchanged(finished + "/metrics", etag),
                        Request.get("/experiments"),
                        Request.get("/workers")),
                times);
    }

    /** What {@code pg_dump} holds until it is done. */
    private Connection snapshot() throws SQLException {
        Connection connection = service.database().connect();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.createStatement().executeQuery("select count(*) from worker").close();
        return connection;
    }

    private void phase(String name) {
        times.take();
        long transactions = transactions();
        long begun = System.nanoTime();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(size.seconds()));
        double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
        Map<String, Latencies> taken = times.take();
        Latencies claims = taken.get("worker: claim");
        known(name + ": dispatches", "1/s", claims == null ? 0 : claims.millis().length / seconds);
        known(name + ": transactions", "1/s", (transactions() - transactions) / seconds);
        known(
                name + ": connections",
                "",
                number("select count(*) from pg_stat_activity where backend_type = 'client backend'"));
        for (String table : List.of("scheduled_tasks", "run", "experiment", "worker")) {
            known(
                    name + ": dead rows of " + table,
                    "",
                    number("select n_dead_tup from pg_stat_user_tables where relname = '" + table + "'"));
            known(
                    name + ": " + table + " with its indexes",
                    "MiB",
                    number("select pg_total_relation_size('" + table + "') / 1048576.0"));
        }
        tell(name, taken);
    }

    /** Has every statement of a few seconds logged, and counts the lines. */
    private void statements() throws IOException {
        Duration time = Duration.ofSeconds(5);
        long before = logged();
        set("log_min_duration_statement = 0");
        LockSupport.parkNanos(time.toNanos());
        set("log_min_duration_statement = -1");
        known("and clients: statements, while each is logged", "1/s", (logged() - before) / (double) time.toSeconds());
    }

    private void set(String setting) {
        service.jdbc().sql("alter system set " + setting).update();
        service.jdbc().sql("select pg_reload_conf()").query(Boolean.class).single();
    }

    private long logged() throws IOException {
        try (var lines = Files.lines(service.database().log())) {
            return lines.filter(line -> line.contains(" execute ") || line.contains(" statement: "))
                    .count();
        }
    }

    private long transactions() {
        return (long)
                number("select xact_commit + xact_rollback from pg_stat_database where datname = current_database()");
    }

    private double count(String table) {
        return number("select count(*) from " + table);
    }

    private double number(String sql) {
        return service.jdbc().sql(sql).query(Double.class).single();
    }

    private void tell(String phase, Map<String, Latencies> taken) {
        taken.forEach((operation, latencies) -> {
            known(phase + ": " + operation + ", median", "ms", latencies.median());
            known(phase + ": " + operation + ", p99", "ms", latencies.p99());
        });
    }

    private void known(String measure, String unit, double value) {
        report.add(Row.known(measure, unit, value));
    }
}

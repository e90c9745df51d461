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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.initlab.InitLabApplication;
import org.initlab.bench.OpenLoad.Request;
import org.initlab.platform.database.StoppablePostgres;
import org.initlab.queue.SimulatedWorker;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** Measures the orchestration with many workers, none of which trains anything: {@code bench/scale [--small]}. */
final class ScaleBench {
    private static final int ARMS = 5;
    private static final int TRIALS = 10;
    private static final int EPOCHS = 100;
    private static final double SECONDS_BETWEEN_POLLS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    /** Two of them make a run. */
    private static final Duration SLOW_EPOCH = Duration.ofSeconds(10);

    /** 50 runs of 101 rows each. */
    private static final String FINISHED = spec("finished", "\"cuda\"", TRIALS, EPOCHS);

    private final Size size;
    private final Report report;
    private final SeededService service;
    private final OperationTimes times = new OperationTimes();
    private DatabaseLoad load;
    private volatile Duration pause = Duration.ZERO;

    /**
     * How much of everything.
     *
     * @param submissions of {@code ARMS} × {@code trials} runs each, which wait
     * @param finished experiments with 5,050 epochs each
     * @param clients each asks every 5 s
     * @param seconds of each phase
     */
    private record Size(int workers, int submissions, int trials, int finished, int clients, int seconds) {
        static final Size FULL = new Size(200, 20, 1000, 990, 1000, 20);
        static final Size SMALL = new Size(8, 1, 200, 2, 20, 5);

        /** Another number for each that is given by its name. */
        Size with(DefaultApplicationArguments options) {
            return new Size(
                    number(options, "workers", workers),
                    number(options, "submissions", submissions),
                    number(options, "trials", trials),
                    number(options, "finished", finished),
                    number(options, "clients", clients),
                    number(options, "seconds", seconds));
        }

        private static int number(DefaultApplicationArguments options, String name, int otherwise) {
            return options.containsOption(name)
                    ? Integer.parseInt(options.getOptionValues(name).get(0))
                    : otherwise;
        }
    }

    private ScaleBench(Size size, Report report, SeededService service) {
        this.size = size;
        this.report = report;
        this.service = service;
    }

    public static void main(String[] args) throws Exception {
        DefaultApplicationArguments options = new DefaultApplicationArguments(args);
        Size size = (options.containsOption("small") ? Size.SMALL : Size.FULL).with(options);
        Path home = Files.createTempDirectory("initlab-scale");
        Report report = new Report(
                Path.of("target", "bench-scale"), List.of("Machine: " + Machine.describe(), "Size: " + size));
        StoppablePostgres database = new StoppablePostgres(home.resolve("database"));
        DatabaseLoad.prepare(database, 1000);
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

        try (ConfigurableApplicationContext beans = beans();
                DatabaseLoad load = DatabaseLoad.of(service.database())) {
            this.load = load;
            List<SimulatedWorker> workers = new ArrayList<>();
            try {
                start(1, workers, beans);
                load.watch(WARM_UP);
                for (int count = 1; count < size.workers(); count *= 8) {
                    start(count, workers, beans);
                    phase(count == 1 ? "1 worker" : count + " workers");
                }
                start(size.workers(), workers, beans);
                phase(size.workers() + " workers");
                // as long as they take all of the processors, a client's latency says nothing but that
                pause = SLOW_EPOCH;
                load.watch(WARM_UP);
                phase("slower runs");
                try (Pollers pollers = pollers(finished, waiting.get(0))) {
                    pollers.start();
                    phase("and clients");
                    try (Connection backup = snapshot()) {
                        phase("and a backup's snapshot");
                        backup.rollback();
                    }
                    phase("after the backup");
                }
            } finally {
                close(workers);
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

    private void start(int count, List<SimulatedWorker> workers, ConfigurableApplicationContext beans) {
        while (workers.size() < count) {
            workers.add(new SimulatedWorker("worker-" + workers.size(), beans, times, this::pause));
        }
    }

    /** Half as long up to half as long again, so that workers do not keep in step. */
    private Duration pause() {
        return pause.multipliedBy(ThreadLocalRandom.current().nextInt(50, 150)).dividedBy(100);
    }

    /** All at once, as each waits for what it is doing. */
    private static void close(List<SimulatedWorker> workers) {
        ExecutorService threads = Executors.newCachedThreadPool();
        CompletableFuture.allOf(workers.stream()
                        .map(worker -> CompletableFuture.runAsync(worker::close, threads))
                        .toArray(CompletableFuture[]::new))
                .join();
        threads.shutdown();
    }

    private void phase(String name) {
        times.take();
        Duration api = service.cpu();
        Duration simulation = simulation();
        DatabaseLoad.Seen seen = load.watch(Duration.ofSeconds(size.seconds()));
        known(name + ": cores used by the workers and clients", "", cores(simulation, simulation(), seen));
        known(name + ": cores used by the API", "", cores(api, service.cpu(), seen));
        known(name + ": cores used by PostgreSQL", "", seen.cores());
        Map<String, Latencies> taken = times.take();
        Latencies claims = taken.get("worker: claim");
        known(name + ": load of the machine", "", Machine.load());
        known(name + ": dispatches", "1/s", claims == null ? 0 : claims.millis().length / seen.seconds());
        known(name + ": requests", "1/s", requests(taken) / seen.seconds());
        known(name + ": transactions", "1/s", seen.transactionsPerSecond());
        known(name + ": statements", "1/s", seen.statementsPerSecond());
        known(name + ": connections", "", seen.connections());
        DatabaseLoad.most(seen.waits())
                .forEach(wait -> known(name + ": connections that wait for " + wait.getKey(), "", wait.getValue()));
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
        load.costliest().forEach(System.out::println);
    }

    /** The processor time of this process so far. */
    private static Duration simulation() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static double cores(Duration before, Duration after, DatabaseLoad.Seen seen) {
        return after.minus(before).toMillis() / 1000.0 / seen.seconds();
    }

    private static double requests(Map<String, Latencies> taken) {
        return taken.entrySet().stream()
                .filter(operation -> operation.getKey().startsWith("client: "))
                .mapToDouble(operation -> operation.getValue().millis().length)
                .sum();
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

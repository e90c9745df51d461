package org.initlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.initlab.bench.OpenLoad.Request;

/** How quickly the API answers while the same process trains on all cores, and what that costs the training. */
final class ApiSection implements Section {
    private static final int EXPERIMENTS = 10_000;
    private static final int POLLS = 200;
    /** The number of loads at that rate, which come first. */
    private static final int POLLED = 3;

    private static final Duration POLLING = Duration.ofSeconds(8);
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    /**
     * 20 runs that a worker without a GPU does not touch, nor any other until what is training meanwhile is finished.
     */
    private static final String SPEC =
            """
            {"name": "submitted", "device": "cuda", "dataset": {"name": "digits"}, "trials": 10, "priority": -9, "training": {"epochs": 6},
             "model": {"architecture": "efficientnet_b0", "imageSize": 32}}""";

    @Override
    public String name() {
        return "api";
    }

    @Override
    public void measure(Settings settings, Report report) throws IOException {
        try (SeededService service =
                SeededService.start(Files.createDirectory(settings.scratch().resolve("api")))) {
            String polled = service.finishedExperiment();
            service.copy(polled, EXPERIMENTS);
            List<Load> loads = loads(
                    polled + "/metrics",
                    service.client().get(polled + "/metrics").header("ETag"));
            warmUp(service, loads, report);
            measure(service, loads, settings.rounds(), report);
        }
    }

    /**
     * A kind of request under way.
     *
     * @param limit the limit of the 99th percentile in milliseconds
     * @param training the share of its rate that training must keep meanwhile; 0 if that is only for information
     */
    private record Load(
            String measure, List<Request> requests, double rate, Duration time, double limit, double training) {
        Latencies run(OpenLoad load) {
            return load.send(requests, rate, time);
        }
    }

    private static List<Load> loads(String metrics, String etag) {
        List<Request> lists = List.of(
                Request.get("/experiments"),
                Request.get("/experiments?state=SUCCEEDED&page=20"),
                Request.get("/experiments?architecture=efficientnet_b3&sort=name,asc"),
                Request.get("/experiments?name=POLLED%2077"));
        return List.of(
                new Load(
                        "GET metrics of 20 runs × 6 epochs, 200/s",
                        List.of(Request.get(metrics)),
                        POLLS,
                        POLLING,
                        50,
                        0.95),
                new Load(
                        "the same answered with 304, 200/s",
                        List.of(Request.unchanged(metrics, etag)),
                        POLLS,
                        POLLING,
                        10,
                        0.95),
                new Load(
                        "GET a page without the database, 200/s",
                        List.of(Request.get("/index.html")),
                        POLLS,
                        POLLING,
                        10,
                        0),
                new Load(
                        "POST of an experiment of 20 runs, 20/s",
                        List.of(Request.post("/experiments", SPEC)),
                        20,
                        POLLING,
                        100,
                        0),
                new Load("list and filter over 10,000 experiments, 25/s", lists, 25, POLLING, 100, 0));
    }

    /** Until the JVM has compiled what answers. */
    private static void warmUp(SeededService service, List<Load> loads, Report report) {
        OpenLoad load = service.load();
        for (int round = 0; round < 2; round++) {
            for (Load polls : loads.subList(0, POLLED)) {
                load.send(polls.requests(), 4 * POLLS, WARM_UP);
            }
        }
        Duration before = service.cpu();
        load.send(loads.get(0).requests(), POLLS, WARM_UP);
        report.add(Row.known(
                "processor time of the service for a GET of metrics, nothing trained",
                "ms",
                (double) service.cpu().minus(before).toMillis() / (POLLS * WARM_UP.toSeconds())));
        // last, because a worker without a GPU keeps looking at the runs that this leaves
        loads.subList(POLLED, loads.size()).forEach(other -> other.run(load));
    }

    private static void measure(SeededService service, List<Load> loads, int rounds, Report report) {
        OpenLoad load = service.load();
        TrainedBeside training = TrainedBeside.start(service.client());
        TrainedBeside.Commits before = training.commits();
        List<Double> alone = new ArrayList<>();
        Map<Load, List<Double>> beside = new LinkedHashMap<>();
        Map<Load, List<Double>> p99 = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            alone.add(training.imagesPerSecondDuring(ApiSection::idle));
            for (Load polls : loads.subList(0, POLLED)) {
                double rate = training.imagesPerSecondDuring(
                        () -> rows(p99, polls).add(polls.run(load).p99()));
                rows(beside, polls).add(rate);
            }
            for (Load other : loads.subList(POLLED, loads.size())) {
                rows(p99, other).add(other.run(load).p99());
            }
        }
        p99.forEach((kind, rows) ->
                report.add(Row.below(kind.measure() + ", beside training, p99", "ms", Medians.of(rows), kind.limit())));
        report.add(Row.below(
                "commit of an epoch, its checkpoint not counted, beside all of that, mean",
                "ms",
                training.commits().meanMillisSince(before),
                20));
        beside.forEach((kind, rows) -> report.add(Row.rate(
                "training of B0 at 32×32 beside " + kind.measure(),
                "images/s",
                Medians.of(rows),
                "alone",
                Medians.of(alone),
                kind.training())));
    }

    private static List<Double> rows(Map<Load, List<Double>> all, Load kind) {
        return all.computeIfAbsent(kind, any -> new ArrayList<>());
    }

    private static void idle() {
        try {
            TimeUnit.NANOSECONDS.sleep(POLLING.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package org.initlab.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.initlab.bench.OpenLoad.Request;

/** What waiting and finished work costs the work that comes after it. */
final class QueueSection implements Section {
    /** A page of the list, and many. */
    private static final int FEW = 100;

    private static final int MANY = 10_000;
    private static final Duration READING = Duration.ofSeconds(3);
    /** 5,000 runs that only evaluate the initial network. */
    private static final String SPEC =
            """
            {"name": "waiting", "dataset": {"name": "synthetic", "trainLimit": 64, "testLimit": 32, "positiveRate": 0.25},
             "model": {"architecture": "efficientnet_b0"}, "training": {"epochs": 0, "batchSize": 32}, "trials": 1000,
             "biasInits": [{"type": "default"}, {"type": "zeros"}, {"type": "positive_rate"}, {"type": "constant", "value": 1},
                           {"type": "constant", "value": 2}]}""";

    /** Between the end of a run and the start of the next one. */
    private static final String GAPS =
            """
            select extract(epoch from gap) * 1000 from (
                select started_at - lag(finished_at) over (order by started_at) as gap from run where state = 'SUCCEEDED' and attempt = 1 and device is not null
            ) as dispatched where gap is not null""";

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public void measure(Settings settings, Report report) throws IOException {
        try (SeededService service =
                SeededService.start(Files.createDirectory(settings.scratch().resolve("queue")))) {
            String polled = service.finishedExperiment();
            service.copy(polled, FEW);
            Map<String, Request> reads = new LinkedHashMap<>();
            reads.put("GET metrics", Request.get(polled + "/metrics"));
            reads.put("list of experiments", Request.get("/experiments"));
            reads.values().forEach(read -> service.load().send(List.of(read), 300, READING));
            Map<String, Double> few = medians(service, reads, settings.rounds());
            service.copy(polled, MANY - FEW);
            Map<String, Double> many = medians(service, reads, settings.rounds());
            many.forEach((measure, millis) -> report.add(Row.duration(
                    measure + " with 10,000 finished experiments, median",
                    "ms",
                    millis,
                    "with 100",
                    few.get(measure),
                    0.8)));
            dispatch(service, settings.rounds(), report);
        }
    }

    private static Map<String, Double> medians(SeededService service, Map<String, Request> reads, int rounds) {
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            reads.forEach((measure, read) -> millis.computeIfAbsent(measure, any -> new ArrayList<>())
                    .add(service.load().send(List.of(read), 50, READING).median()));
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        millis.forEach((measure, rows) -> medians.put(measure, Medians.of(rows)));
        return medians;
    }

    private static void dispatch(SeededService service, int rounds, Report report) {
        service.client().submit(SPEC);
        service.client().submit(SPEC);
        int runs = 10 * rounds;
        await().atMost(Duration.ofMinutes(2)).until(() -> gaps(service).size() >= runs);
        report.add(Row.below(
                "from the end of a run to the start of the next, 10,000 waiting",
                "ms",
                Medians.of(gaps(service)),
                100));
    }

    private static List<Double> gaps(SeededService service) {
        return service.jdbc().sql(GAPS).query(Double.class).list();
    }
}

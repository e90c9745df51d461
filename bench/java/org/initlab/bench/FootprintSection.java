package org.initlab.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.initlab.ServiceClient;
import org.initlab.ServiceProcess;

/**
 * What the packaged service takes, started as its users start it: time until ready, memory, and whether either grows.
 */
final class FootprintSection implements Section {
    private static final String NO_QUICKSTART = "initlab.quickstart=false";
    private static final int ANSWERS = 5000;
    private static final String RUN =
            """
            {"dataset": {"name": "digits", "positiveClass": "0"}, "biasInits": [{"type": "positive_rate"}], "trials": 1,
             "model": {"architecture": "efficientnet_b1", "imageSize": 32}, "training": {"epochs": 2, "batchSize": 64}}""";

    @Override
    public String name() {
        return "footprint";
    }

    @Override
    public void measure(Settings settings, Report report) throws IOException {
        Path home = Files.createDirectory(settings.scratch().resolve("footprint"));
        report.add(Row.known(
                "bin/initlab to ready, first start with its database made", "s", start(home, new ArrayList<>())));
        List<Double> seconds = new ArrayList<>();
        List<Double> idle = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            seconds.add(start(home, idle));
        }
        report.add(Row.below("bin/initlab to ready, warm", "s", Medians.of(seconds), 6));
        report.add(Row.below("resident memory of a service that is just ready", "MiB", Medians.of(idle), 600));
        try (ServiceProcess service = ServiceProcess.startPackaged(home, NO_QUICKSTART)) {
            report.add(Row.below(
                    "resident memory of a service idle again after 5,000 answers", "MiB", idleAgain(service), 600));
            report.add(Row.below("most resident memory in a run, B1 at 32×32, batch 64", "MiB", run(service), 2048));
        }
        // what the run above has left would hide what the steps add
        try (ServiceProcess service = ServiceProcess.startPackaged(home, NO_QUICKSTART)) {
            LongRun.measure(service, report);
        }
    }

    /** Starts and stops the service; returns the seconds until it was ready, and adds its memory then to a list. */
    private static double start(Path home, List<Double> memory) {
        long begin = System.nanoTime();
        try (ServiceProcess service = ServiceProcess.startPackaged(home, NO_QUICKSTART)) {
            Duration ready = Duration.ofNanos(System.nanoTime() - begin);
            memory.add((double) service.residentMiB());
            return ready.toMillis() / 1000.0;
        }
    }

    /** What is left once it no longer changes. */
    private static double idleAgain(ServiceProcess service) {
        ServiceClient client = service.client();
        for (int i = 0; i < ANSWERS; i++) {
            client.get("/experiments");
        }
        AtomicLong before = new AtomicLong();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(20))
                .until(() -> {
                    long now = service.residentMiB();
                    return Math.abs(now - before.getAndSet(now)) < 5;
                });
        return before.get();
    }

    private static double run(ServiceProcess service) {
        ServiceClient client = service.client();
        client.awaitEnd(client.submit(RUN));
        return service.peakResidentMiB();
    }
}

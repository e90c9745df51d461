package org.initlab.bench;

import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.initlab.ServiceClient;
import org.initlab.ServiceProcess;
import org.initlab.training.EpochResult;
import org.initlab.training.Snapshot;
import org.initlab.training.StepLosses;
import org.initlab.training.Trainer;
import org.initlab.training.TrainingControl;
import org.initlab.training.TrainingListener;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.catalog.NetworkFiles;
import org.initlab.training.catalog.WeightsCatalog;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.network.ImageNetWeights;
import org.initlab.training.spec.BiasInit;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.EvaluationSpec;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.TrainingPlan;
import org.initlab.training.spec.TrainingSpec;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import tools.jackson.databind.JsonNode;

/** Whether a device gives the right numbers, and the service keeps its promises on it. */
final class DeviceChecks {
    private static final double TOLERANCE = 1e-3;
    private static final double KEPT_MIB = 1000;
    private static final int PATIENCE_SECONDS = 20;

    private final boolean gpu;
    private final Path scratch;
    private final Report report;

    DeviceChecks(boolean gpu, Path scratch, Report report) {
        this.gpu = gpu;
        this.scratch = scratch;
        this.report = report;
    }

    /**
     * Checks.
     *
     * @param parts {@code numbers}, {@code resumption} and {@code memory}, or some of them
     */
    void run(Set<String> parts) throws IOException {
        Path home = Files.createDirectory(scratch.resolve("home"));
        if (parts.contains("numbers")) {
            attempt("The golden cases", this::golden);
            attempt("A run beside the CPU's", this::againstTheCpu);
            PyTorch.returnFreedMemory();
        }
        int before = gpu ? SampledGpu.usedMiB() : 0;
        if (parts.contains("resumption")) {
            attempt("Resumption", () -> resumption(home));
        }
        if (gpu && parts.contains("memory")) {
            attempt("Memory", () -> memory(home, before));
        }
    }

    private interface Check {
        void run() throws Exception;
    }

    /** Goes on after a failure: the host may be there for a quarter of an hour only. */
    private void attempt(String what, Check check) throws IOException {
        try {
            check.run();
        } catch (Exception e) {
            e.printStackTrace(System.out);
            Path log = scratch.resolve("home/service.log");
            if (Files.exists(log)) {
                List<String> lines = Files.readAllLines(log);
                lines.subList(Math.max(0, lines.size() - 60), lines.size()).forEach(System.out::println);
            }
            report.add(Row.below(what + ": failures", "", 1, 1));
        }
    }

    private void golden() throws ClassNotFoundException {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass("org.initlab.training.network.EqualToPyTorchTest"))
                                .build(),
                        summary);
        summary.getSummary()
                .getFailures()
                .forEach(failure ->
                        System.out.println(failure.getTestIdentifier().getDisplayName() + ": "
                                + String.valueOf(failure.getException().getMessage())
                                        .lines()
                                        .limit(8)
                                        .toList()));
        report.add(Row.below(
                "Golden cases that fail on the device, of "
                        + summary.getSummary().getTestsStartedCount(),
                "",
                (double) summary.getSummary().getTotalFailureCount(),
                1));
    }

    private void againstTheCpu() {
        List<Double> here = losses(PyTorch.device());
        List<Double> onCpu = losses(Device.cpu());
        report.add(Row.below("A run's losses, from the CPU's, at most", "nats", farthest(here, onCpu), TOLERANCE));
    }

    private List<Double> losses(Device device) {
        Trainer trainer = new Trainer(
                new DatasetCatalog(scratch, DatasetAddresses.official(), RowCache.unlimited(scratch.resolve("cache"))),
                new WeightsCatalog(scratch, ImageNetWeights.OFFICIAL_ADDRESS),
                new NetworkFiles(scratch, false),
                device);
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void started(DatasetSummary data, double biasValue) {}

            @Override
            public void epochFinished(EpochResult result, StepLosses steps, Supplier<Snapshot> snapshot) {
                losses.add(result.test().loss());
            }

            @Override
            public void checkpoint(Snapshot snapshot) {}
        };
        trainer.train(
                new TrainingPlan(
                        new DatasetSpec("digits", null, 512, 256, null, null),
                        // no noise, which each device draws in its own way
                        new ModelSpec("efficientnet_b0", null, 32, 0.0, 0.0),
                        new BiasInit.PositiveRate(),
                        new TrainingSpec(3, null, null, null),
                        new EvaluationSpec(),
                        1,
                        10),
                Runtime.getRuntime().availableProcessors(),
                Optional.empty(),
                listener,
                () -> TrainingControl.Signal.GO_ON);
        return losses;
    }

    private void resumption(Path home) {
        // whole batches: on a GPU each size of batch takes cuDNN ten seconds and more to plan
        String spec = spec(gpu ? 240 : 32, gpu ? 1024 : 512, gpu ? 64 : 32);
        List<Double> undisturbed;
        List<Double> killed;
        String path;
        try (ServiceProcess service = start(home)) {
            ServiceClient client = service.client();
            String first = client.submit(spec);
            requireSuccess(client.awaitEnd(first));
            System.out.println("Its worker: " + client.get("/workers").body());
            undisturbed = losses(client, first);
            String second = client.submit(spec);
            await().atMost(Duration.ofMinutes(4))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() ->
                            client.get(second).body().at("/progress/epochsDone").asInt() >= 2);
            service.kill();
            path = second;
        }
        try (ServiceProcess service = start(home)) {
            requireSuccess(service.client().awaitEnd(path));
            killed = losses(service.client(), path);
        }
        report.add(Row.below(
                "Losses after kill -9 and resumption, from those undisturbed, at most",
                "nats",
                farthest(undisturbed, killed),
                TOLERANCE));
    }

    private void memory(Path home, int before) throws InterruptedException {
        try (ServiceProcess service = start(home)) {
            ServiceClient client = service.client();
            JsonNode tooLarge = client.awaitEnd(client.submit(spec(600, 4096, 4096)));
            String reason = client.get(tooLarge.get("links").get("self").asString() + "/runs")
                    .body()
                    .toString();
            System.out.println("Out of memory is told as: " + reason);
            report.add(Row.below(
                    "Runs that are out of memory and do not say so",
                    "",
                    reason.contains("ran out of memory") ? 0 : 1,
                    1));
            JsonNode next = client.awaitEnd(client.submit(spec(240, 512, 64)));
            report.add(Row.below(
                    "Runs after it that fail", "", next.get("state").asString().equals("SUCCEEDED") ? 0 : 1, 1));
            double kept = Double.MAX_VALUE;
            for (int second = 0; second < PATIENCE_SECONDS && kept >= KEPT_MIB; second++) {
                Thread.sleep(1000);
                kept = SampledGpu.usedMiB() - before;
            }
            report.add(Row.below("GPU memory that an idle worker keeps", "MiB", kept, KEPT_MIB));
        }
    }

    private static ServiceProcess start(Path home) {
        List<String> properties = new ArrayList<>(GivenPyTorch.settings());
        properties.add("initlab.quickstart=false");
        properties.add("initlab.worker.tf32=false");
        properties.add("initlab.worker.keep-memory=1s");
        return ServiceProcess.start(home, properties.toArray(String[]::new));
    }

    private static String spec(int size, int rows, int batch) {
        return """
                {"dataset": {"name": "synthetic", "trainLimit": %d, "testLimit": 256}, "trials": 1,
                 "model": {"architecture": "efficientnet_%s", "imageSize": %d}, "biasInits": [{"type": "positive_rate"}],
                 "training": {"epochs": 4, "batchSize": %d}, "evaluation": {"batchSize": 64}}"""
                .formatted(rows, size == 32 ? "b0" : "b1", size, batch);
    }

    private static void requireSuccess(JsonNode experiment) {
        if (!experiment.get("state").asString().equals("SUCCEEDED")) {
            throw new IllegalStateException("an experiment ended as " + experiment.get("state"));
        }
    }

    private static List<Double> losses(ServiceClient client, String path) {
        return client.get(path + "/metrics")
                .body()
                .at("/arms/0/trials/0/epochs")
                .valueStream()
                .map(row -> row.get("loss").asDouble())
                .toList();
    }

    private static double farthest(List<Double> some, List<Double> others) {
        double farthest = some.size() == others.size() && !some.isEmpty() ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(some.size(), others.size()); i++) {
            farthest = Math.max(farthest, Math.abs(some.get(i) - others.get(i)));
        }
        return farthest;
    }
}

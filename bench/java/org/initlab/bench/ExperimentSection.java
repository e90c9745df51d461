package org.initlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.initlab.ServiceClient;
import org.initlab.ServiceProcess;

/**
 * A whole experiment of two arms with its data: from {@code POST} to the end in the packaged service, and from reading
 * the files to the last metric in PyTorch, on the same files in CIFAR-10's layout.
 */
final class ExperimentSection implements Section {
    private static final List<Case> CASES =
            List.of(new Case(32, 64, 1280, 320, 2, 2.2), new Case(240, 16, 192, 32, 1, 1.45));
    private static final int TRAIN_FILES = 5;
    private static final int PIXELS = 3 * 32 * 32;
    private static final int CLASSES = 10;

    private record Case(int size, int batch, int train, int test, int epochs, double target) {
        String title() {
            return "Experiment at %d×%d: 2 runs, %d epoch%s of %,d rows, %,d test rows, batch %d"
                    .formatted(size, size, epochs, epochs == 1 ? "" : "s", train, test, batch);
        }

        String spec() {
            return """
                    {"dataset": {"name": "cifar10", "trainLimit": %d, "testLimit": %d}, "trials": 1,
                     "model": {"architecture": "efficientnet_b1", "imageSize": %d},
                     "biasInits": [{"type": "default"}, {"type": "positive_rate"}],
                     "training": {"epochs": %d, "batchSize": %d}, "evaluation": {"batchSize": %d}}"""
                    .formatted(train, test, size, epochs, batch, size == 32 ? 256 : 32);
        }
    }

    @Override
    public String name() {
        return "experiment";
    }

    @Override
    public void measure(Settings settings, Report report) throws IOException {
        Path home = Files.createDirectory(settings.scratch().resolve("experiment"));
        Path data = Files.createDirectories(home.resolve("datasets").resolve("cifar-10-batches-bin"));
        for (int file = 1; file <= TRAIN_FILES; file++) {
            write(data.resolve("data_batch_" + file + ".bin"), 400, file);
        }
        write(data.resolve("test_batch.bin"), 500, 0);
        for (Case each : CASES) {
            try (ServiceProcess service = ServiceProcess.startPackaged(home, "initlab.quickstart=false")) {
                measure(each, service.client(), data, settings, report);
            }
        }
    }

    private static void measure(Case each, ServiceClient service, Path data, Settings settings, Report report) {
        List<Double> ours = new ArrayList<>();
        List<Double> tuned = new ArrayList<>();
        List<Double> reference = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            ours.add(run(service, each.spec()));
            settings.python().ifPresent(python -> {
                tuned.add(run(python, "tuned", each, data));
                reference.add(run(python, "reference", each, data));
            });
        }
        if (settings.python().isEmpty()) {
            report.add(Row.known(each.title(), "s", Medians.of(ours)));
            return;
        }
        report.add(Row.duration(
                each.title(), "s", Medians.of(ours), "the reference script", Medians.of(reference), each.target));
        report.add(Row.duration(each.title(), "s", Medians.of(ours), "PyTorch, tuned by hand", Medians.of(tuned), 0));
    }

    private static double run(ServiceClient service, String spec) {
        long start = System.nanoTime();
        String path = service.submit(spec);
        String state = service.awaitEnd(path).get("state").asString();
        if (!state.equals("SUCCEEDED")) {
            throw new IllegalStateException(path + " ended as " + state);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double run(Path python, String way, Case each, Path data) {
        return Double.parseDouble(Command.run(
                        List.of(
                                python.toString(),
                                Path.of("bench", "rival.py").toString(),
                                "experiment",
                                "--way=" + way,
                                "--data=" + data,
                                "--size=" + each.size,
                                "--batch=" + each.batch,
                                "--epochs=" + each.epochs,
                                "--rows",
                                Integer.toString(each.train),
                                Integer.toString(each.test)),
                        Map.of())
                .strip());
    }

    private static void write(Path file, int rows, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] records = new byte[rows * (1 + PIXELS)];
        random.nextBytes(records);
        for (int row = 0; row < rows; row++) {
            records[row * (1 + PIXELS)] = (byte) (row % CLASSES);
        }
        Files.write(file, records);
    }
}

package org.initlab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Images per second on the device, next to PyTorch's own on the same. */
final class DeviceRates {
    private static final double REPLICATION_RUNS = 20;
    private static final double REPLICATION_EPOCHS = 5;
    private static final double TRAIN_ROWS = 50_000;
    private static final double TEST_ROWS = 10_000;
    private static final double LIMIT_MINUTES = 30;

    private final boolean gpu;
    private final Optional<Path> python;
    private final Report report;
    private final boolean compile;
    private final List<Case> cases;
    private final int batches;

    /**
     * What is measured.
     *
     * @param compiled whether PyTorch's compiler, which takes a minute or more to warm up, takes part
     */
    private record Case(String what, String architecture, int size, int batch, String precision, boolean compiled) {
        String title() {
            return "%s of %s at %d×%d, batch %d, %s".formatted(what, architecture, size, size, batch, precision);
        }
    }

    DeviceRates(boolean gpu, Optional<Path> python, Report report, boolean compile) {
        this.gpu = gpu;
        this.python = python;
        this.report = report;
        this.compile = compile;
        batches = gpu ? 20 : 2;
        cases = gpu
                ? List.of(
                        new Case("train", "efficientnet_b1", 240, 128, "bfloat16", true),
                        new Case("train", "efficientnet_b1", 240, 128, "tf32", false),
                        new Case("evaluate", "efficientnet_b1", 240, 256, "bfloat16", false),
                        new Case("train", "efficientnet_b1", 240, 256, "bfloat16", false),
                        new Case("train", "resnet50", 224, 128, "bfloat16", false),
                        new Case("train", "efficientnet_b1", 240, 64, "bfloat16", false),
                        new Case("train", "efficientnet_b1", 240, 128, "float32", false),
                        new Case("train", "resnet50", 224, 128, "tf32", false))
                : List.of(
                        new Case("train", "efficientnet_b0", 32, 16, "float32", true),
                        new Case("train", "efficientnet_b0", 32, 16, "bfloat16", false),
                        new Case("evaluate", "efficientnet_b0", 32, 16, "bfloat16", false),
                        new Case("train", "resnet18", 32, 16, "tf32", false));
    }

    /**
     * Measures.
     *
     * @param most the number of cases, the most telling first
     */
    void measure(int most) {
        double training = 0;
        double evaluation = 0;
        for (Case each : cases.subList(0, Math.min(most, cases.size()))) {
            double ours = measureOrReport(each);
            if (each.architecture.startsWith("efficientnet") && each.precision.equals("bfloat16")) {
                training = each.what.equals("train") ? Math.max(training, ours) : training;
                evaluation = each.what.equals("evaluate") ? ours : evaluation;
            }
        }
        double seconds = REPLICATION_RUNS
                * (REPLICATION_EPOCHS * TRAIN_ROWS / training + (REPLICATION_EPOCHS + 1) * TEST_ROWS / evaluation);
        String title = "The full replication in bfloat16, by these rates: 20 runs × 5 epochs × 50,000";
        report.add(
                gpu
                        ? Row.below(title, "min", seconds / 60, LIMIT_MINUTES)
                        : Row.known(title + ", at the small sizes", "min", seconds / 60));
    }

    private double measureOrReport(Case each) {
        try {
            return measure(each);
        } catch (IOException | IllegalStateException e) {
            e.printStackTrace(System.out);
            report.add(Row.below(each.title() + ": failures", "", 1, 1));
            return Double.NaN;
        }
    }

    private double measure(Case each) throws IOException {
        double ours = sampled(
                each.title(),
                () -> Contestant.initLab(each.what, each.architecture, each.size, each.batch, each.precision));
        if (python.isEmpty()) {
            report.add(Row.known(each.title(), "images/s", ours));
            return ours;
        }
        List<String> ways = new ArrayList<>(List.of("tuned"));
        if (each.compiled && compile) {
            ways.add("compiled");
        }
        for (String way : ways) {
            double theirs = sampled(
                    null,
                    () -> Contestant.rival(
                            python.get(),
                            Optional.empty(),
                            each.what,
                            way,
                            each.architecture,
                            each.size,
                            each.batch,
                            "--precision=" + each.precision,
                            "--device=" + (gpu ? "cuda" : "cpu")));
            report.add(Row.rate(each.title(), "images/s", ours, "PyTorch, " + way, theirs, gpu ? 1 : 0));
        }
        return ours;
    }

    private interface Start {
        Contestant contestant() throws IOException;
    }

    /** Measures a contestant by itself, since GPU memory is counted too. */
    private double sampled(String title, Start start) throws IOException {
        try (Contestant side = start.contestant();
                SampledGpu sampled = gpu ? SampledGpu.start() : null) {
            for (int round = 0; round < 3; round++) {
                side.measure(batches);
            }
            if (sampled != null && title != null) {
                report.add(Row.known(title + ": no kernel runs", "% of the time", sampled.idlePercent()));
                report.add(Row.known(title + ": GPU memory", "MiB", sampled.peakMiB()));
            }
            return side.median();
        }
    }
}

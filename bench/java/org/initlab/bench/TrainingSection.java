package org.initlab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Images per second of networks in training and evaluation, next to PyTorch's. */
final class TrainingSection implements Section {
    private static final String B1 = "efficientnet_b1";
    private static final List<Case> CASES = List.of(
            new Case("train", B1, 32, 64, 64, 30, 1.0, 2.2),
            new Case("train", B1, 240, 16, 16, 3, 1.0, 1.4),
            new Case("evaluate", B1, 32, 256, 64, 10, 1.0, 0),
            new Case("evaluate", B1, 240, 32, 32, 3, 1.0, 0),
            new Case("train", "resnet18", 32, 64, 64, 20, 1.0, 0),
            new Case("train", "resnet18", 64, 64, 64, 5, 1.0, 0),
            new Case("train", "mobilenet_v3_small", 32, 64, 64, 60, 1.0, 0),
            new Case("train", "mobilenet_v3_small", 64, 64, 64, 30, 1.0, 0),
            new Case("train", "mobilenet_v3_large", 32, 64, 64, 30, 0, 0),
            new Case("train", "convnext_tiny", 32, 64, 64, 10, 0, 0));

    /**
     * What is measured.
     *
     * @param network torchvision's name
     * @param referenceBatch the batch size used in the reference's way
     * @param batches the batches per round
     * @param tuned the target, as a multiple of PyTorch's tuned rate
     * @param reference the target, as a multiple of the reference's rate; 0 for none
     */
    private record Case(
            String what,
            String network,
            int size,
            int batch,
            int referenceBatch,
            int batches,
            double tuned,
            double reference) {
        String title() {
            String done = what.equals("train") ? "Training" : "Evaluation";
            return done + " of " + network + " at " + size + "×" + size + ", batch " + batch;
        }
    }

    @Override
    public String name() {
        return "training";
    }

    @Override
    public void measure(Settings settings, Report report) throws IOException {
        for (Case each : CASES) {
            if (settings.python().isPresent()) {
                compare(each, settings.python().get(), settings.rounds(), report);
            } else {
                alone(each, settings.rounds(), report);
            }
        }
        for (String network : List.of("resnet18", "mobilenet_v3_small")) {
            headOnly(network, settings.rounds(), report);
        }
    }

    private static void headOnly(String network, int rounds, Report report) throws IOException {
        try (Contestant head = Contestant.initLab("head", network, 32, 64, "float32");
                Contestant all = Contestant.initLab("train", network, 32, 64, "float32")) {
            for (int round = 0; round < rounds; round++) {
                head.measure(20);
                all.measure(20);
            }
            String measure = "Training of only the head of " + network + " at 32×32, batch 64";
            report.add(Row.rate(measure, "images/s", head.median(), "all of it", all.median(), 2.0));
        }
    }

    private static void compare(Case each, Path python, int rounds, Report report) throws IOException {
        try (Contestant ours = Contestant.initLab(each.what, each.network, each.size, each.batch, "float32");
                Contestant tuned = Contestant.rival(python, each.what, "tuned", each.network, each.size, each.batch);
                Contestant reference = Contestant.rival(
                        python, each.what, "reference", each.network, each.size, each.referenceBatch)) {
            for (int round = 0; round < rounds; round++) {
                for (Contestant side : List.of(ours, tuned, reference)) {
                    side.measure(each.batches);
                }
            }
            report.add(Row.rate(
                    each.title(), "images/s", ours.median(), "PyTorch, tuned by hand", tuned.median(), each.tuned));
            report.add(Row.rate(
                    each.title(),
                    "images/s",
                    ours.median(),
                    "the reference script",
                    reference.median(),
                    each.reference));
        }
    }

    private static void alone(Case each, int rounds, Report report) throws IOException {
        try (Contestant ours = Contestant.initLab(each.what, each.network, each.size, each.batch, "float32")) {
            for (int round = 0; round < rounds; round++) {
                ours.measure(each.batches);
            }
            report.add(Row.known(each.title(), "images/s", ours.median()));
        }
    }
}

package org.initlab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Images per second of networks in training and evaluation, next to PyTorch's. */
final class TrainingSection implements Section {
    private static final String B1 = "efficientnet_b1";
    private static final List<Case> CASES = List.of(
            new Case("train", B1, 32, 64, 64, 30, 1.0, 2.2, 1.25),
            new Case("train", B1, 240, 16, 16, 3, 1.0, 1.4, 1.1),
            new Case("evaluate", B1, 32, 256, 64, 10, 1.0, 0, 1.25),
            new Case("evaluate", B1, 240, 32, 32, 3, 1.0, 0, 1.25),
            new Case("train", "resnet18", 32, 64, 64, 20, 1.0, 0, 0),
            new Case("train", "resnet18", 64, 64, 64, 5, 1.0, 0, 0),
            new Case("train", "mobilenet_v3_small", 32, 64, 64, 60, 1.0, 0, 0),
            new Case("train", "mobilenet_v3_small", 64, 64, 64, 30, 1.0, 0, 0),
            new Case("train", "mobilenet_v3_large", 32, 64, 64, 30, 0, 0, 0),
            new Case("train", "convnext_tiny", 32, 64, 64, 10, 0, 0, 0));

    /**
     * What is measured.
     *
     * @param network torchvision's name
     * @param referenceBatch the batch size used in the reference's way
     * @param batches the batches per round
     * @param tuned the target, as a multiple of PyTorch's tuned rate
     * @param reference the target, as a multiple of the reference's rate; 0 for none
     * @param best the target, as a multiple of the best of PyTorch's ways; 0 to leave the slow ones out
     */
    private record Case(
            String what,
            String network,
            int size,
            int batch,
            int referenceBatch,
            int batches,
            double tuned,
            double reference,
            double best) {
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
        List<Rival> rivals = each.best == 0 ? List.of(Rival.TUNED, Rival.REFERENCE) : Rival.all();
        Map<Rival, Contestant> theirs = new LinkedHashMap<>();
        try (Contestant ours = Contestant.initLab(each.what, each.network, each.size, each.batch, "float32")) {
            for (Rival rival : rivals) {
                int batch = rival.equals(Rival.REFERENCE) ? each.referenceBatch : each.batch;
                theirs.put(rival, rival.start(python, each.what, each.network, each.size, batch));
            }
            for (int round = 0; round < rounds; round++) {
                ours.measure(each.batches);
                for (Contestant side : theirs.values()) {
                    side.measure(each.batches);
                }
            }
            report(each, ours, theirs, report);
        } finally {
            theirs.values().forEach(Contestant::close);
        }
    }

    private static void report(Case each, Contestant ours, Map<Rival, Contestant> theirs, Report report) {
        double best =
                theirs.values().stream().mapToDouble(Contestant::median).max().orElseThrow();
        theirs.forEach((rival, side) -> {
            double target = rival.equals(Rival.REFERENCE) ? each.reference : each.best == 0 ? each.tuned : 0;
            boolean isBest = each.best > 0 && side.median() == best;
            report.add(Row.rate(
                    each.title(),
                    "images/s",
                    ours.median(),
                    rival.title() + (isBest ? ", its best" : ""),
                    side.median(),
                    isBest ? each.best : target));
        });
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

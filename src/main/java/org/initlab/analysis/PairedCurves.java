package org.initlab.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Two arms, trial by trial; a trial in which either run diverged is left out at every epoch. */
final class PairedCurves {
    /** A trial in both arms. */
    private record Pair(TrialCurve baseline, TrialCurve arm) {
        double difference(Quantity quantity, int epoch) {
            return quantity.ranks() && isTied(epoch)
                    ? Double.NaN
                    : arm.at(quantity, epoch) - baseline.at(quantity, epoch);
        }

        boolean isTied(int epoch) {
            return baseline.isTied(epoch) || arm.isTied(epoch);
        }

        boolean isFinished() {
            return baseline.fate() == TrialCurve.Fate.COMPLETED && arm.fate() == TrialCurve.Fate.COMPLETED;
        }

        int epochs() {
            return Math.min(baseline.epochs(), arm.epochs());
        }
    }

    private final List<Pair> pairs;

    private PairedCurves(List<Pair> pairs) {
        this.pairs = pairs;
    }

    static PairedCurves of(ArmCurves baseline, ArmCurves arm) {
        Map<Integer, TrialCurve> partners =
                arm.trials().stream().collect(Collectors.toMap(TrialCurve::trial, Function.identity()));
        List<Pair> pairs = new ArrayList<>();
        for (TrialCurve trial : baseline.trials()) {
            TrialCurve partner = partners.get(trial.trial());
            if (partner != null && !diverged(trial) && !diverged(partner)) {
                pairs.add(new Pair(trial, partner));
            }
        }
        return new PairedCurves(pairs);
    }

    private static boolean diverged(TrialCurve trial) {
        return trial.fate() == TrialCurve.Fate.DIVERGED;
    }

    int size() {
        return pairs.size();
    }

    /** The most epochs, counting epoch 0, that any pair has finished. */
    int epochs() {
        return pairs.stream().mapToInt(Pair::epochs).max().orElse(0);
    }

    /** The pairs by trial, up to the first that is not finished. */
    PairedCurves finishedInTurn() {
        return new PairedCurves(pairs.stream().takeWhile(Pair::isFinished).toList());
    }

    /** The arm minus the baseline after an epoch, for the pairs that have both; without areas of scores that tie. */
    double[] differences(Quantity quantity, int epoch) {
        return finite(pairs.stream().mapToDouble(pair -> pair.difference(quantity, epoch)));
    }

    /** Whether two quantities differ nowhere, as plain cross-entropy's objective and the loss. */
    boolean areAlike(Quantity one, Quantity other) {
        return IntStream.range(0, epochs())
                .allMatch(epoch -> Arrays.equals(differences(one, epoch), differences(other, epoch)));
    }

    /** How many pairs have scores after an epoch that are too alike to rank the rows by, in either arm. */
    int tied(int epoch) {
        return (int) pairs.stream().filter(pair -> pair.isTied(epoch)).count();
    }

    double[] ofBaseline(Quantity quantity, int epoch) {
        return finite(pairs.stream().mapToDouble(pair -> pair.baseline().at(quantity, epoch)));
    }

    double[] ofArm(Quantity quantity, int epoch) {
        return finite(pairs.stream().mapToDouble(pair -> pair.arm().at(quantity, epoch)));
    }

    /**
     * The pairs that have a quantity after each epoch up to the last one finished by at least half of the pairs that have
     * begun: curves that can be summed.
     */
    PairedCurves complete(Quantity quantity) {
        int begun = differences(quantity, 0).length;
        int last = IntStream.range(0, epochs())
                .filter(epoch -> 2 * differences(quantity, epoch).length >= begun)
                .max()
                .orElse(-1);
        return new PairedCurves(pairs.stream()
                .filter(pair -> IntStream.rangeClosed(0, last)
                        .allMatch(epoch -> Double.isFinite(pair.difference(quantity, epoch))))
                .map(pair -> new Pair(pair.baseline().upTo(last), pair.arm().upTo(last)))
                .filter(pair -> pair.epochs() > 0)
                .toList());
    }

    private static double[] finite(DoubleStream values) {
        return values.filter(Double::isFinite).toArray();
    }
}

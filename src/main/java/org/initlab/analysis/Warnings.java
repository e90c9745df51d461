package org.initlab.analysis;

import static org.initlab.analysis.VerdictText.number;
import static org.initlab.text.Counts.counted;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What to know before trusting a comparison, one sentence each. */
final class Warnings {
    private static final int FEW_PAIRS = 5;

    private Warnings() {}

    /** @param mayStop whether the experiment may stop early */
    static List<String> of(ComparedArms arms, boolean mayStop) {
        List<String> warnings = new ArrayList<>();
        if (mayStop && arms.last() != null) {
            warnings.add(
                    "This experiment may stop early, when the results are clear: go by the sequence. All p-values and the other"
                            + " intervals are those of a number of trials that was set beforehand, and so claim too much here.");
        }
        if (mayStop) {
            addHeldBack(arms, warnings);
        }
        EpochDifference last = arms.last();
        if (last != null && last.pairs() < FEW_PAIRS) {
            warnings.add(
                    last.pairs() == 1
                            ? "There is only 1 pair of trials: a single difference has neither an interval nor a test."
                            : "There are only " + counted(last.pairs(), "pair")
                                    + " of trials: intervals are wide and assume normally distributed differences, and the p of Wilcoxon's test and of sign flips cannot be below "
                                    + number(Math.min(1, Math.pow(2, 1 - last.pairs()))) + ".");
        }
        addFates(arms.baseline(), warnings);
        addFates(arms.arm(), warnings);
        addTies(arms, warnings);
        if (arms.arm().positiveRate() && arms.initialLoss().isOff()) {
            warnings.add(initialLoss(arms));
        }
        if (last != null && last.epoch() > 0 && overlap(arms.complete(), last.epoch())) {
            warnings.add("The arms' own 95 % intervals of the loss overlap after "
                    + counted(last.epoch(), "epoch")
                    + ": go by the paired difference, as the curves' bands cannot tell them apart.");
        }
        return warnings;
    }

    private static void addHeldBack(ComparedArms arms, List<String> warnings) {
        EpochDifference last = arms.last();
        long open = arms.baseline().count(TrialCurve.Fate.OPEN) + arms.arm().count(TrialCurve.Fate.OPEN);
        if (last == null || open > 0) {
            return;
        }
        int looked = arms.pairs().finishedInTurn().differences(Quantity.LOSS, last.epoch()).length;
        if (looked < last.pairs()) {
            warnings.add(
                    "The sequence takes the trials by number, and is held back by the first with a run that failed or was"
                            + " cancelled: it has only " + looked + " of the " + counted(last.pairs(), "pair")
                            + ". It goes on after a retry of what failed.");
        }
    }

    private static void addFates(ArmCurves arm, List<String> warnings) {
        addFate(arm, TrialCurve.Fate.DIVERGED, "diverged: trials with such a run are left out", warnings);
        addFate(arm, TrialCurve.Fate.FAILED, "failed: only the epochs before that count", warnings);
        addFate(arm, TrialCurve.Fate.CANCELLED, "cancelled: only the epochs before that count", warnings);
    }

    private static void addFate(ArmCurves arm, TrialCurve.Fate fate, String consequence, List<String> warnings) {
        long count = arm.count(fate);
        if (count > 0) {
            String verb = fate == TrialCurve.Fate.CANCELLED ? count == 1 ? " was " : " were " : " ";
            warnings.add(count + " of " + counted(arm.trials().size(), "run") + " of " + arm.arm() + verb + consequence
                    + ".");
        }
    }

    private static void addTies(ComparedArms arms, List<String> warnings) {
        int[] tied = IntStream.range(0, arms.epochs().size())
                .filter(epoch -> arms.pairs().tied(epoch) > 0)
                .toArray();
        if (tied.length > 0) {
            int pairs = IntStream.of(tied).map(arms.pairs()::tied).max().orElseThrow();
            warnings.add(when(tied, arms.epochs().size()) + counted(pairs, "pair")
                    + " differ by little more than rounding, so the order that they give the rows in depends on the batch size of"
                    + " evaluation and on the machine. Their ROC-AUC and average precision mean nothing there and are left out of"
                    + " the differences and tests; the losses count.");
        }
    }

    private static String when(int[] tied, int epochs) {
        int last = tied[tied.length - 1];
        if (tied.length == epochs && epochs > 1) {
            return "Before training and after each epoch, the scores of up to ";
        }
        if (tied.length > 1) {
            return "After " + tied.length + " of the epochs 0 to " + (epochs - 1) + ", the last of them " + last
                    + ", the scores of up to ";
        }
        return (last == 0 ? "Before training" : "After " + counted(last, "epoch")) + " the scores of ";
    }

    private static String initialLoss(ComparedArms arms) {
        InitialLossCheck check = arms.initialLoss();
        return arms.arm().arm() + " starts at a loss of " + number(check.loss().mean()) + ", "
                + Math.round(100 * Math.abs(check.excess())) + " % " + (check.excess() > 0 ? "above" : "below")
                + " the "
                + number(check.entropy())
                + " of a constant predictor: check the rate, the labels, and whether pretrained features shift the logits.";
    }

    private static boolean overlap(PairedCurves pairs, int epoch) {
        Summary baseline = Summary.of(pairs.ofBaseline(Quantity.LOSS, epoch));
        Summary arm = Summary.of(pairs.ofArm(Quantity.LOSS, epoch));
        return baseline.ciLow() != null && baseline.ciLow() <= arm.ciHigh() && arm.ciLow() <= baseline.ciHigh();
    }
}

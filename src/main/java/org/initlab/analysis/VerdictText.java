package org.initlab.analysis;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Puts a comparison into two sentences. */
final class VerdictText {
    private static final MathContext DIGITS = new MathContext(3);

    private VerdictText() {}

    static String of(Verdict.Code code, ComparedArms arms) {
        EpochDifference last = arms.last();
        if (last == null) {
            return "No pair of trials of " + arms.arm().arm() + " and "
                    + arms.baseline().arm() + " has finished an epoch. There is nothing to compare.";
        }
        return opening(code, arms) + ": " + end(last, arms) + ". " + start(arms) + ".";
    }

    private static String opening(Verdict.Code code, ComparedArms arms) {
        String arm = arms.arm().arm();
        return switch (code) {
            case BETTER -> arm + " ends better";
            case WORSE -> arm + " ends worse";
            case HEAD_START_ONLY -> arm + " has a head start that does not last";
            case NO_DIFFERENCE -> arm + " makes no difference that these trials can show";
            case TOO_FEW_TRIALS -> "There are too few trials to judge " + arm;
            case STILL_RUNNING -> "This is what is known of " + arm + " so far";
        };
    }

    private static String end(EpochDifference last, ComparedArms arms) {
        String area = last.rocAuc().mean() == null ? "" : " and its ROC-AUC by " + signed(last.rocAuc());
        return "after " + counted(last.epoch(), "epoch") + " its loss differs from that of "
                + arms.baseline().arm() + " by " + signed(last.loss()) + area + ", over "
                + counted(last.pairs(), "pair");
    }

    private static String start(ComparedArms arms) {
        HeadStart.Reached initial = arms.headStart().reached().get(0);
        String baseline = arms.baseline().arm();
        String text = "It starts at a loss of " + number(initial.loss()) + " instead of "
                + number(arms.initialLoss().baselineLoss());
        if (initial.baselineEpochs() == null) {
            return text + ", which " + baseline + " has not reached yet";
        }
        if (initial.baselineSteps() > 0) {
            text += ", for which " + baseline + " needs "
                    + time(initial, arms.headStart().interpolation());
        }
        Double share = arms.headStart().biasOnlyShare();
        return share == null
                ? text
                : text + "; a bias alone would bring " + Math.round(100 * share)
                        + " % of the loss drop in the first epoch of " + baseline;
    }

    private static String time(HeadStart.Reached initial, HeadStart.Interpolation interpolation) {
        String epochs = number(initial.baselineEpochs()) + " epochs";
        return switch (interpolation) {
            case STEPS -> epochs + " (" + counted(initial.baselineSteps(), "step") + ")";
            case EPOCHS -> "about " + epochs;
        };
    }

    private static String signed(PairedDifference difference) {
        String mean = (difference.mean() > 0 ? "+" : "") + number(difference.mean());
        return difference.ciLow() == null
                ? mean
                : mean + " (95 % interval " + number(difference.ciLow()) + " to " + number(difference.ciHigh()) + ")";
    }

    static String counted(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? thing : thing + "s");
    }

    static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        return Math.abs(value) < 1e-6 && value != 0 ? rounded.toString() : rounded.toPlainString();
    }
}

package org.initlab.analysis;

import static org.initlab.text.Counts.counted;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts a verdict into words: two sentences on what is known, then the numbers. */
final class VerdictText {
    private static final MathContext DIGITS = new MathContext(3);
    private static final MathContext LEVEL_DIGITS = new MathContext(4);
    private static final double USUAL_LEVEL = 0.95;

    private final Verdict.Code code;
    private final Ending ending;
    private final HeadStart headStart;
    private final Standing standing;
    private final String title;

    VerdictText(Verdict.Code code, Ending ending, HeadStart headStart, Standing standing) {
        this.code = code;
        this.ending = ending;
        this.headStart = headStart;
        this.standing = standing;
        this.title = standing.criterion().title();
    }

    String summary() {
        if (ending.last() == null) {
            return "No pair of trials of " + ending.arm() + " and " + ending.baseline()
                    + " has finished an epoch. There is nothing to compare.";
        }
        return Stream.of(known(), worth())
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** What these trials show of the last epoch. */
    private String known() {
        String arm = ending.arm();
        return switch (code) {
            case STILL_RUNNING -> "This is what is known of " + arm + " so far.";
            case TOO_FEW_TRIALS ->
                "There are too few trials to judge " + arm + " by its " + title + ": it takes "
                        + counted(Standing.FEWEST_PAIRS, "pair") + ", and there "
                        + (standing.pairs() == 1 ? "is " : "are ") + standing.pairs() + ".";
            case BETTER ->
                arm + ends() + "better: " + clearly(standing.criterion().better());
            case WORSE ->
                arm + ends() + "worse: " + clearly(-standing.criterion().better());
            case HEAD_START_ONLY -> arm + " has a head start that does not last: " + equivalent();
            case NO_DIFFERENCE -> arm + " makes no difference that matters: " + equivalent();
            case HEAD_START -> arm + " has a head start, and these trials cannot tell whether it lasts: " + unknown();
            case INCONCLUSIVE -> "These trials cannot tell whether " + arm + " makes a difference: " + unknown();
        };
    }

    private String ends() {
        return isUntrained() ? " starts " : " ends ";
    }

    private String clearly(int direction) {
        return after() + " its " + title + " is " + compared(direction) + " than that of " + ending.baseline()
                + ", by more than chance explains.";
    }

    private String equivalent() {
        return after() + " its " + title + " is shown to differ from that of " + ending.baseline() + " by less than "
                + margin() + ".";
    }

    private String unknown() {
        String difference = "that its " + title + " differs from that of " + ending.baseline();
        return standing.margin() == null
                ? after() + " they do not show " + difference + "."
                : after() + " they show neither " + difference + " nor that it does so by less than " + margin() + ".";
    }

    /** What that means, or what it would take to know more. */
    private String worth() {
        return switch (code) {
            case STILL_RUNNING -> "It is judged when all runs of the two arms are finished.";
            case TOO_FEW_TRIALS -> "";
            case BETTER -> size(standing.criterion().better());
            case WORSE -> size(-standing.criterion().better());
            case HEAD_START_ONLY -> "Its " + title + " was " + lead() + ".";
            case NO_DIFFERENCE -> isUntrained() ? "" : "Nor does any earlier epoch show that it is ahead.";
            case HEAD_START, INCONCLUSIVE -> needed();
        };
    }

    private String size(int direction) {
        if (standing.margin() == null) {
            return "";
        }
        String word = compared(direction);
        if (standing.isEquivalent()) {
            return "It is " + word + " by less than " + margin() + ": a difference, but too small to matter.";
        }
        return standing.decisive().isBeyond(standing.margin(), direction)
                ? "It is " + word + " by more than " + margin() + ": enough to matter."
                : "Whether by more than " + margin() + ", these trials cannot tell.";
    }

    private String lead() {
        EpochDifference lead = ending.leads().get(standing.criterion());
        String when = lead.epoch() == 0 ? "before training" : "after " + counted(lead.epoch(), "epoch");
        return compared(standing.criterion().better()) + " " + when + ", by more than chance explains";
    }

    /** What it takes if the number of trials is set beforehand, which is what power is about; first, what more trials would not mend. */
    private String needed() {
        int looked = ending.finishedInTurn().get(standing.criterion()).length;
        if (standing.sequence() != null && looked < standing.pairs()) {
            return "The sequence has only " + looked + " of the " + counted(standing.pairs(), "pair")
                    + ": a run that failed or was cancelled holds it back.";
        }
        if (standing.trialsNeeded() == null) {
            return "";
        }
        String pairs = counted(standing.trialsNeeded(), "pair") + " that vary like these";
        String there = (standing.pairs() == 1 ? "; there is " : "; there are ") + standing.pairs();
        if (standing.trialsNeeded() <= standing.pairs()) {
            return "It takes " + pairs + " to find a true difference of that size four times in five" + andMore()
                    + there + " already, and only more of them can tell.";
        }
        return "To find a true difference of that size four times in five takes " + pairs + andMore() + there + ".";
    }

    /** The number needed is that of one t test at 5 %, and these are judged more strictly. */
    private String andMore() {
        List<String> where = new ArrayList<>();
        if (standing.interval().level() > USUAL_LEVEL) {
            where.add("with several arms");
        }
        if (standing.sequence() != null) {
            where.add("where one looks after every trial");
        }
        return where.isEmpty() ? "" : ", and more " + String.join(" and ", where);
    }

    /** With a space before, unless there are none. */
    String numbers() {
        if (ending.last() == null) {
            return "";
        }
        return " " + end() + "." + (headStart.reached().isEmpty() ? "" : " " + start() + ".");
    }

    private String end() {
        EpochDifference last = ending.last();
        Criterion beside = standing.criterion() == Criterion.LOSS ? Criterion.ROC_AUC : Criterion.LOSS;
        PairedDifference judged = standing.difference();
        PairedDifference other = last.of(beside);
        boolean alike = judged.pairs() == other.pairs() || other.mean() == null;
        List<String> differences = new ArrayList<>();
        if (judged.mean() != null) {
            differences.add(title + " by "
                    + signed(
                            judged.mean(),
                            standing.decisive(),
                            standing.sequence() == null ? "interval" : "confidence sequence")
                    + (alike ? "" : " over " + counted(judged.pairs(), "pair")));
        }
        if (other.mean() != null) {
            differences.add(beside.title() + " by "
                    + signed(other.mean(), new Interval(USUAL_LEVEL, other.ciLow(), other.ciHigh()), "interval"));
        }
        String after = after();
        return Character.toUpperCase(after.charAt(0)) + after.substring(1) + " it differs from " + ending.baseline()
                + " in " + String.join(" and in ", differences) + (alike ? "," : "") + " over "
                + counted(alike ? judged.pairs() : other.pairs(), "pair");
    }

    private String start() {
        HeadStart.Reached initial = headStart.reached().get(0);
        String baseline = ending.baseline();
        String value = number(initial.value());
        String other = number(initial.baselineValue());
        String text = "It starts at " + article() + " " + title + " of " + value;
        if (value.equals(other)) {
            text += ", as " + baseline + " does";
        } else {
            text += " instead of " + other;
            if (initial.baselineEpochs() == null) {
                return text + ", which " + baseline + " has not reached yet";
            }
            if (initial.baselineSteps() > 0) {
                text += ", for which " + baseline + " needs " + time(initial, headStart.interpolation());
            }
        }
        Double share = headStart.biasOnlyShare();
        return share == null
                ? text
                : text + "; a bias alone would bring " + Math.round(100 * share) + " % of the " + title
                        + " drop in the first epoch of " + baseline;
    }

    private String article() {
        return "aeiou".indexOf(title.charAt(0)) < 0 ? "a" : "an";
    }

    private static String time(HeadStart.Reached initial, HeadStart.Interpolation interpolation) {
        String epochs = number(initial.baselineEpochs()) + (initial.baselineEpochs() == 1 ? " epoch" : " epochs");
        return switch (interpolation) {
            case STEPS -> epochs + " (" + counted(initial.baselineSteps(), "step") + ")";
            case EPOCHS -> "about " + epochs;
        };
    }

    private String after() {
        return isUntrained()
                ? "before training"
                : "after " + counted(ending.last().epoch(), "epoch");
    }

    private boolean isUntrained() {
        return ending.last().epoch() == 0;
    }

    private String margin() {
        return "the margin of " + number(standing.margin());
    }

    private static String compared(int direction) {
        return direction < 0 ? "lower" : "higher";
    }

    private static String signed(double mean, Interval interval, String kind) {
        String signed = (mean > 0 ? "+" : "") + number(mean);
        return interval.low() == null
                ? signed
                : signed + " (" + percent(interval.level()) + " % " + kind + " " + number(interval.low()) + " to "
                        + number(interval.high()) + ")";
    }

    private static String percent(double level) {
        return new BigDecimal(100 * level)
                .round(LEVEL_DIGITS)
                .stripTrailingZeros()
                .toPlainString();
    }

    static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        boolean isShort = value == 0 || (Math.abs(value) >= 1e-6 && Math.abs(value) < 1e9);
        return isShort ? rounded.toPlainString() : rounded.toString();
    }
}

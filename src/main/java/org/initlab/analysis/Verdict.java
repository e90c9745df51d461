package org.initlab.analysis;

/**
 * What the numbers say.
 *
 * @param text two sentences in plain English with the numbers
 */
public record Verdict(Code code, String text) {
    /** The fewest pairs by which a difference is judged: with two, Student's quantile is 12.7. */
    private static final int FEWEST_PAIRS = 3;

    private static final double LEVEL = 0.05;

    /** By the loss; "clearly" means that Student's 95 % interval of the last epoch's paired difference excludes 0. */
    public enum Code {
        /** Lower earlier (p of the paired t test below 0.05 after Holm), but not clearly lower after the last epoch. */
        HEAD_START_ONLY,
        /** Ends clearly lower. */
        BETTER,
        /** Ends clearly higher. */
        WORSE,
        /** None of the others. */
        NO_DIFFERENCE,
        /** Fewer than three pairs. */
        TOO_FEW_TRIALS,
        /** Some runs of the two arms are not finished. */
        STILL_RUNNING
    }

    static Verdict of(ComparedArms arms) {
        Code code = code(arms);
        return new Verdict(code, VerdictText.of(code, arms));
    }

    private static Code code(ComparedArms arms) {
        if (arms.isOpen()) {
            return Code.STILL_RUNNING;
        }
        EpochDifference last = arms.last();
        if (last == null || last.pairs() < FEWEST_PAIRS) {
            return Code.TOO_FEW_TRIALS;
        }
        boolean trained = last.epoch() > 0;
        if (trained && last.loss().isClearly(-1)) {
            return Code.BETTER;
        }
        if (last.loss().isClearly(1)) {
            return Code.WORSE;
        }
        boolean ahead = arms.epochs().stream()
                .filter(epoch -> epoch.epoch() < last.epoch() || !trained)
                .map(EpochDifference::loss)
                .anyMatch(Verdict::isLower);
        return ahead ? Code.HEAD_START_ONLY : Code.NO_DIFFERENCE;
    }

    private static boolean isLower(PairedDifference loss) {
        return loss.tTestPAdjusted() != null && loss.tTestPAdjusted() < LEVEL && loss.mean() < 0;
    }
}

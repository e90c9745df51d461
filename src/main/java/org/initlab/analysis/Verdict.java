package org.initlab.analysis;

/**
 * What the numbers say.
 *
 * @param summary one or two sentences: what is known, and what that is worth
 * @param text the same, followed by the numbers
 */
public record Verdict(Code code, String summary, String text) {

    /** In the order in which they are tried; of the difference after the last epoch unless it says another. */
    public enum Code {
        /** Some runs of the two arms are not finished. */
        STILL_RUNNING,
        /** Fewer than three pairs. */
        TOO_FEW_TRIALS,
        /** The interval at 1 − 0.05/arms, or the sequence of an experiment that may stop early, lies on the better side of 0. */
        BETTER,
        /** The same lies on the worse side. */
        WORSE,
        /**
         * Shown to lie within the margin, after a lead in an earlier epoch: p of the paired t test below 0.05 after Holm, and where
         * the experiment may stop early, a sequence beyond 0 too.
         */
        HEAD_START_ONLY,
        /** Shown to lie within the margin, without such a lead. */
        NO_DIFFERENCE,
        /** None of the above is shown, after such a lead. */
        HEAD_START,
        /** None of the above is shown. */
        INCONCLUSIVE
    }

    static Verdict of(Contrast contrast, Standing standing) {
        Code code = code(contrast.ending(), standing);
        VerdictText text =
                new VerdictText(code, contrast.ending(), contrast.headStarts().get(standing.criterion()), standing);
        return new Verdict(code, text.summary(), text.summary() + text.numbers());
    }

    static Code code(Ending ending, Standing standing) {
        if (ending.isOpen()) {
            return Code.STILL_RUNNING;
        }
        if (standing.pairs() < Standing.FEWEST_PAIRS) {
            return Code.TOO_FEW_TRIALS;
        }
        int better = standing.criterion().better();
        if (standing.decisive().isBeyondZero(better)) {
            return Code.BETTER;
        }
        if (standing.decisive().isBeyondZero(-better)) {
            return Code.WORSE;
        }
        boolean ahead = ending.leads().containsKey(standing.criterion());
        if (standing.isEquivalent()) {
            return ahead ? Code.HEAD_START_ONLY : Code.NO_DIFFERENCE;
        }
        return ahead ? Code.HEAD_START : Code.INCONCLUSIVE;
    }
}

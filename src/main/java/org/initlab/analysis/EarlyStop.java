package org.initlab.analysis;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at paired differences trial by trial, until each arm is known to differ from the baseline or to lie within the margin.
 * An arm that is decided stays so.
 */
public final class EarlyStop {
    private final @Nullable Double margin;
    private final List<ConfidenceSequence> sequences;
    private final Decision[] decisions;

    /**
     * Before the first trial.
     *
     * @param arms how many are compared with the baseline, at least 1
     * @param margin the smallest difference that matters, above 0; {@code null} if none is known
     */
    public EarlyStop(SequentialDesign design, int arms, @Nullable Double margin) {
        this.margin = margin;
        SequenceBound bound = design.bound(arms);
        sequences =
                Stream.generate(() -> new ConfidenceSequence(bound)).limit(arms).toList();
        decisions = new Decision[arms];
    }

    /**
     * What decided an arm.
     *
     * @param trial after which it was decided, from 0
     * @param pairs how many there were by then
     */
    public record Decision(int trial, int pairs, double low, double high) {}

    /**
     * Looks at the next trial.
     *
     * @param differences one an arm, the arm minus the baseline; one that is not finite is left out
     * @return whether all arms are decided
     */
    public boolean look(int trial, double[] differences) {
        boolean all = true;
        for (int arm = 0; arm < decisions.length; arm++) {
            ConfidenceSequence sequence = sequences.get(arm);
            if (Double.isFinite(differences[arm])) {
                sequence.add(differences[arm]);
            }
            if (decisions[arm] == null && sequence.isDecided(margin)) {
                decisions[arm] = new Decision(trial, sequence.pairs(), sequence.low(), sequence.high());
            }
            all &= decisions[arm] != null;
        }
        return all;
    }

    /** Each arm's decision; only once all are decided. */
    public List<Decision> decisions() {
        return List.of(decisions);
    }
}

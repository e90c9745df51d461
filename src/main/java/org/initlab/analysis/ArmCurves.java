package org.initlab.analysis;

import java.util.List;

/**
 * An arm's trials.
 *
 * @param arm its label
 * @param positiveRate whether its bias was set from a positive rate, so that its initial loss has an ideal
 * @param trials its runs, one per trial
 */
public record ArmCurves(String arm, boolean positiveRate, List<TrialCurve> trials) {
    long count(TrialCurve.Fate fate) {
        return trials.stream().filter(trial -> trial.fate() == fate).count();
    }

    /** The most epochs, counting epoch 0, that any trial has finished. */
    public int epochs() {
        return trials.stream().mapToInt(TrialCurve::epochs).max().orElse(0);
    }

    /** Summarises the trials that have the quantity after an epoch and did not diverge. */
    public Summary summary(Quantity quantity, int epoch) {
        return Summary.of(
                trials.stream()
                        .filter(trial -> trial.fate() != TrialCurve.Fate.DIVERGED)
                        .mapToDouble(trial -> trial.at(quantity, epoch))
                        .filter(Double::isFinite)
                        .toArray(),
                quantity);
    }
}

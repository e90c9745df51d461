package org.initlab.analysis;

import java.util.List;

/**
 * An arm's trials.
 *
 * @param arm its label
 * @param positiveRate whether its bias was set from a positive rate, so that its initial loss has an ideal
 * @param trials its runs, each trial once
 */
public record ArmCurves(String arm, boolean positiveRate, List<TrialCurve> trials) {
    long count(TrialCurve.Fate fate) {
        return trials.stream().filter(trial -> trial.fate() == fate).count();
    }

    /** How many epochs, epoch 0 included, any trial has finished. */
    public int epochs() {
        return trials.stream().mapToInt(TrialCurve::epochs).max().orElse(0);
    }

    /** Over the trials that know the quantity after an epoch and did not diverge. */
    public Summary summary(Quantity quantity, int epoch) {
        return Summary.of(trials.stream()
                .filter(trial -> trial.fate() != TrialCurve.Fate.DIVERGED)
                .mapToDouble(trial -> quantity.of(trial, epoch))
                .filter(Double::isFinite)
                .toArray());
    }
}

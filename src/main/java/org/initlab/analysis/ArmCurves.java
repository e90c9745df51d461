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
}

package org.initlab.results;

import java.util.List;
import java.util.Optional;
import org.initlab.analysis.ArmCurves;
import org.initlab.experiment.ArmLabels;
import org.jspecify.annotations.Nullable;

/** Which arm the others are compared with. */
final class Baselines {
    private Baselines() {}

    /**
     * The arm with a label; empty if there is none.
     *
     * @param wanted in any case; {@code null}, or nothing but spaces, means {@code default}, or the first arm where there is none
     */
    static Optional<ArmCurves> find(@Nullable String wanted, List<ArmCurves> arms) {
        if (arms.isEmpty()) {
            return Optional.empty();
        }
        String label = wanted == null || wanted.isBlank()
                ? ArmLabels.baseline(arms.stream().map(ArmCurves::arm).toList())
                : wanted;
        return arms.stream().filter(arm -> arm.arm().equalsIgnoreCase(label)).findFirst();
    }
}

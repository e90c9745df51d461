package org.initlab.results;

import java.util.List;
import java.util.UUID;
import org.initlab.analysis.ArmComparison;
import org.initlab.analysis.ConstantPredictor;
import org.initlab.analysis.Criterion;
import org.initlab.analysis.PublishedDistance;
import org.initlab.experiment.ExperimentState;
import org.jspecify.annotations.Nullable;

/**
 * How the arms differ from one of them.
 *
 * @param baseline the label of that arm
 * @param metric what the verdicts are about
 * @param margin the difference in it that matters; {@code null} if none was given and the test split has a single class or has
 *     not been read
 * @param constantPredictor what a bias can reach on its own; {@code null} until the data has been read
 * @param arms the others
 * @param published the distance to the curves published for the same experiment; {@code null} if there are none
 */
public record ComparisonView(
        UUID experimentId,
        ExperimentState state,
        String baseline,
        Criterion metric,
        Double margin,
        @Nullable ConstantPredictor constantPredictor,
        List<ArmComparison> arms,
        @Nullable Published published) {

    /**
     * Someone else's results for the same spec.
     *
     * @param preset the preset that repeats them
     * @param source where they come from, and how exact they are
     */
    public record Published(String preset, String source, List<PublishedDistance> arms) {}
}

package org.initlab.analysis;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How far an arm's means are from published ones.
 *
 * @param epochs the mean over the arm's trials minus the published one, at the epochs that both have
 * @param largestLoss the largest absolute difference of the losses; {@code null} if there is none
 * @param largestRocAuc the same for the areas
 */
public record PublishedDistance(String arm, List<AtEpoch> epochs, Double largestLoss, Double largestRocAuc) {

    /** The differences after an epoch; {@code null} if none of the arm's trials has the quantity, or it was not published. */
    public record AtEpoch(int epoch, Double loss, Double rocAuc) {}

    /** For all trials of an arm that did not diverge. */
    public static PublishedDistance of(ArmCurves arm, PublishedCurve published) {
        List<AtEpoch> epochs = IntStream.range(0, published.epochs())
                .mapToObj(epoch -> new AtEpoch(
                        epoch,
                        distance(arm, Quantity.LOSS, epoch, published.loss()),
                        distance(arm, Quantity.ROC_AUC, epoch, published.rocAuc())))
                .filter(at -> at.loss() != null || at.rocAuc() != null)
                .toList();
        return new PublishedDistance(
                arm.arm(), epochs, largest(epochs, AtEpoch::loss), largest(epochs, AtEpoch::rocAuc));
    }

    private static Double distance(ArmCurves arm, Quantity quantity, int epoch, double[] published) {
        Double mean = arm.summary(quantity, epoch).mean();
        boolean known = mean != null && epoch < published.length && !Double.isNaN(published[epoch]);
        return known ? (Double) (mean - published[epoch]) : null;
    }

    private static Double largest(List<AtEpoch> epochs, Function<AtEpoch, Double> distance) {
        return epochs.stream()
                .map(distance)
                .filter(Objects::nonNull)
                .map(Math::abs)
                .max(Double::compare)
                .orElse(null);
    }
}

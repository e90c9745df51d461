package org.initlab.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two arms after one epoch.
 *
 * @param epoch from 0, the model before its first step
 * @param pairs trials in which both arms have finished the epoch with finite losses
 * @param loss the difference of the test losses, in nats
 * @param rocAuc the difference of the areas
 * @param objective the difference of the training objective on the test split, in nats
 */
public record EpochDifference(
        int epoch, int pairs, PairedDifference loss, PairedDifference rocAuc, PairedDifference objective) {

    /** Every epoch that any pair has finished, each quantity adjusted for the number of epochs. */
    static List<EpochDifference> of(PairedCurves pairs, Bootstrap bootstrap) {
        List<PairedDifference> losses = differences(Quantity.LOSS, pairs, bootstrap);
        List<PairedDifference> areas = differences(Quantity.ROC_AUC, pairs, bootstrap);
        List<PairedDifference> objectives = pairs.areAlike(Quantity.LOSS, Quantity.OBJECTIVE)
                ? losses
                : differences(Quantity.OBJECTIVE, pairs, bootstrap);
        return IntStream.range(0, pairs.epochs())
                .mapToObj(epoch -> new EpochDifference(
                        epoch,
                        pairs.differences(Quantity.LOSS, epoch).length,
                        losses.get(epoch),
                        areas.get(epoch),
                        objectives.get(epoch)))
                .toList();
    }

    private static List<PairedDifference> differences(Quantity quantity, PairedCurves pairs, Bootstrap bootstrap) {
        List<PairedDifference> raw = IntStream.range(0, pairs.epochs())
                .parallel()
                .mapToObj(epoch -> PairedDifference.of(pairs.differences(quantity, epoch), bootstrap))
                .toList();
        List<Double> tTests =
                Holm.adjust(raw.stream().map(PairedDifference::tTestP).toList());
        List<Double> wilcoxons =
                Holm.adjust(raw.stream().map(PairedDifference::wilcoxonP).toList());
        List<PairedDifference> adjusted = new ArrayList<>();
        for (int epoch = 0; epoch < raw.size(); epoch++) {
            adjusted.add(raw.get(epoch).adjusted(tTests.get(epoch), wilcoxons.get(epoch)));
        }
        return adjusted;
    }
}

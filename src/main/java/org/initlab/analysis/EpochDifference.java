package org.initlab.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Two arms after one epoch.
 *
 * @param epoch from 0, the model before its first step
 * @param pairs trials in which both arms have finished the epoch with finite losses
 * @param loss the difference of the test losses, in nats
 * @param rocAuc the difference of the areas
 */
public record EpochDifference(int epoch, int pairs, PairedDifference loss, PairedDifference rocAuc) {

    /** Every epoch that any pair has finished, adjusted for the number of epochs. */
    static List<EpochDifference> of(PairedCurves pairs, Bootstrap bootstrap) {
        List<EpochDifference> raw = IntStream.range(0, pairs.epochs())
                .parallel()
                .mapToObj(epoch -> of(pairs, epoch, bootstrap))
                .toList();
        List<PairedDifference> losses = adjusted(raw, EpochDifference::loss);
        List<PairedDifference> areas = adjusted(raw, EpochDifference::rocAuc);
        return IntStream.range(0, raw.size())
                .mapToObj(
                        i -> new EpochDifference(raw.get(i).epoch(), raw.get(i).pairs(), losses.get(i), areas.get(i)))
                .toList();
    }

    private static EpochDifference of(PairedCurves pairs, int epoch, Bootstrap bootstrap) {
        double[] losses = pairs.differences(Quantity.LOSS, epoch);
        double[] areas = pairs.differences(Quantity.ROC_AUC, epoch);
        return new EpochDifference(
                epoch, losses.length, PairedDifference.of(losses, bootstrap), PairedDifference.of(areas, bootstrap));
    }

    private static List<PairedDifference> adjusted(
            List<EpochDifference> epochs, Function<EpochDifference, PairedDifference> quantity) {
        List<PairedDifference> raw = epochs.stream().map(quantity).toList();
        List<Double> tTests =
                Holm.adjust(raw.stream().map(PairedDifference::tTestP).toList());
        List<Double> wilcoxons =
                Holm.adjust(raw.stream().map(PairedDifference::wilcoxonP).toList());
        List<PairedDifference> all = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            all.add(raw.get(i).adjusted(tTests.get(i), wilcoxons.get(i)));
        }
        return all;
    }
}

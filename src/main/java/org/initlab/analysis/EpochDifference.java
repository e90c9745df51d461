package org.initlab.analysis;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Two arms after one epoch.
 *
 * @param epoch from 0, the model before its first step
 * @param pairs trials in which both arms have finished the epoch with finite losses
 * @param loss the difference of the test losses, in nats
 * @param rocAuc the difference of the areas, without pairs whose scores are too alike to rank the rows by; likewise {@code prAuc}
 * @param objective the difference of the training objective on the test split, in nats
 * @param prAuc the difference of the average precisions
 */
public record EpochDifference(
        int epoch,
        int pairs,
        PairedDifference loss,
        PairedDifference rocAuc,
        PairedDifference objective,
        PairedDifference prAuc) {

    PairedDifference of(Criterion criterion) {
        return switch (criterion) {
            case LOSS -> loss;
            case OBJECTIVE -> objective;
            case ROC_AUC -> rocAuc;
            case PR_AUC -> prAuc;
        };
    }

    /**
     * Every epoch that any pair of an arm has finished, each quantity's tests adjusted over all arms and epochs.
     *
     * @param arms each with the same baseline
     * @param tested makes what is said of an epoch's differences, not adjusted yet
     */
    static List<List<EpochDifference>> of(List<PairedCurves> arms, Function<double[], PairedDifference> tested) {
        Map<Criterion, List<List<PairedDifference>>> differences = new EnumMap<>(Criterion.class);
        for (Criterion criterion : Criterion.values()) {
            boolean known = criterion == Criterion.OBJECTIVE
                    && arms.stream().allMatch(pairs -> pairs.areAlike(Quantity.LOSS, Quantity.OBJECTIVE));
            differences.put(
                    criterion,
                    known ? differences.get(Criterion.LOSS) : differences(criterion.quantity(), arms, tested));
        }
        return IntStream.range(0, arms.size())
                .mapToObj(arm -> IntStream.range(0, arms.get(arm).epochs())
                        .mapToObj(epoch -> new EpochDifference(
                                epoch,
                                arms.get(arm).differences(Quantity.LOSS, epoch).length,
                                differences.get(Criterion.LOSS).get(arm).get(epoch),
                                differences.get(Criterion.ROC_AUC).get(arm).get(epoch),
                                differences.get(Criterion.OBJECTIVE).get(arm).get(epoch),
                                differences.get(Criterion.PR_AUC).get(arm).get(epoch)))
                        .toList())
                .toList();
    }

    /** By arm and epoch. */
    private static List<List<PairedDifference>> differences(
            Quantity quantity, List<PairedCurves> arms, Function<double[], PairedDifference> tested) {
        List<PairedDifference> raw = arms.stream()
                .flatMap(pairs ->
                        IntStream.range(0, pairs.epochs()).mapToObj(epoch -> pairs.differences(quantity, epoch)))
                .toList()
                .parallelStream()
                .map(differences -> tested.apply(differences).within(quantity.most()))
                .toList();
        List<Double> tTests =
                Holm.adjust(raw.stream().map(PairedDifference::tTestP).toList());
        List<Double> wilcoxons =
                Holm.adjust(raw.stream().map(PairedDifference::wilcoxonP).toList());
        List<List<PairedDifference>> adjusted = new ArrayList<>();
        int at = 0;
        for (PairedCurves pairs : arms) {
            int first = at;
            at += pairs.epochs();
            adjusted.add(IntStream.range(first, at)
                    .mapToObj(test -> raw.get(test).adjusted(tTests.get(test), wilcoxons.get(test)))
                    .toList());
        }
        return adjusted;
    }
}

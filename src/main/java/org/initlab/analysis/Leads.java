package org.initlab.analysis;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the epochs before the one judged in which an arm was ahead. */
final class Leads {
    private final List<EpochDifference> epochs;
    private final int judged;
    private final PairedCurves inTurn;
    private final @Nullable SequenceBound bound;

    /**
     * Of one of several arms.
     *
     * @param epochs every epoch that any pair has finished
     * @param judged the epoch that the verdict is about; −1 before there is one
     * @param inTurn the pairs by trial, up to the first that is not finished
     * @param arms how many are compared with the baseline
     * @param design of an experiment that may stop early; {@code null} for any other
     */
    Leads(List<EpochDifference> epochs, int judged, PairedCurves inTurn, int arms, @Nullable SequentialDesign design) {
        this.epochs = epochs;
        this.judged = judged;
        this.inTurn = inTurn;
        // together with those of all arms and epochs, a lead is wrong as rarely as the design says
        bound = design == null || judged < 1 ? null : design.bound(arms * judged);
    }

    /** The last one that shows a lead which chance does not explain; a criterion without any is left out. */
    Map<Criterion, EpochDifference> last(Iterable<Criterion> criteria) {
        Map<Criterion, EpochDifference> last = new EnumMap<>(Criterion.class);
        for (Criterion criterion : criteria) {
            IntStream.iterate(judged - 1, epoch -> epoch >= 0, epoch -> epoch - 1)
                    .mapToObj(epochs::get)
                    .filter(epoch -> epoch.of(criterion).isLead(criterion.better()))
                    .filter(epoch -> bound == null || isSeenAtEveryLook(criterion, epoch.epoch()))
                    .findFirst()
                    .ifPresent(epoch -> last.put(criterion, epoch));
        }
        return last;
    }

    /** A t test holds for a number of trials that was set beforehand, and the end of this experiment was not. */
    private boolean isSeenAtEveryLook(Criterion criterion, int epoch) {
        ConfidenceSequence sequence = new ConfidenceSequence(bound);
        for (double difference : inTurn.differences(criterion.quantity(), epoch)) {
            sequence.add(difference);
        }
        return criterion.better() < 0 ? sequence.high() < 0 : sequence.low() > 0;
    }
}

package org.initlab.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ended an experiment before its last trial.
 *
 * @param trial the last one looked at, from 0
 * @param epoch whose losses were looked at
 * @param baseline the arm that the others were compared with
 * @param margin the difference that matters, in nats; {@code null} if the test split has a single class
 * @param sequences what decided each of the other arms
 */
public record StoppedEarly(int trial, int epoch, String baseline, @Nullable Double margin, List<DecidedArm> sequences) {

    /**
     * Where an arm's difference from the baseline lies, by the look that decided it.
     *
     * @param trial after which that was, from 0
     * @param pairs how many there were by then
     * @param level the chance that the sequence never misses the true difference
     */
    public record DecidedArm(String arm, int trial, int pairs, double level, double low, double high) {}
}

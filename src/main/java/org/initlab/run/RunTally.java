package org.initlab.run;

import java.util.UUID;

/**
 * The runs of one experiment that are in one state.
 *
 * @param runs how many
 * @param epochsDone their finished epochs, epoch 0 not counted
 * @param epochsTotal the epochs they are to do
 */
public record RunTally(UUID experimentId, RunState state, long runs, long epochsDone, long epochsTotal) {}

package org.initlab.run;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one experiment that are in one state.
 *
 * @param runs how many
 * @param epochsDone their finished epochs, not counting epoch 0
 * @param epochsTotal the epochs they are to do
 * @param requiredDevice {@code cpu} or {@code cuda}, the same for all; {@code null} for any
 * @param rowsReady decoded images of those that still decode some, by the one that is farthest; {@code null} if none does
 * @param rowsNeeded how many images that is to be
 * @param waitingFor what the worker that last looked at one of them lacked
 * @param epochSeconds mean wall time of an epoch of the experiment, training and evaluation; {@code null} before the first
 */
public record RunTally(
        UUID experimentId,
        RunState state,
        long runs,
        long epochsDone,
        long epochsTotal,
        @Nullable Integer rowsReady,
        @Nullable Integer rowsNeeded,
        @Nullable String requiredDevice,
        @Nullable String waitingFor,
        @Nullable Double epochSeconds) {}

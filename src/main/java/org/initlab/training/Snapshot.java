package org.initlab.training;

import org.initlab.training.weights.StateDict;
import org.jspecify.annotations.Nullable;

/**
 * Training between two steps: everything needed to resume with the same numbers as an uninterrupted run.
 *
 * @param epoch the last finished epoch
 * @param partial how far the next epoch has got
 * @param state parameters, buffers and the optimizer's state
 * @param batches how many batches the network has seen in training mode; {@code null} if a file from before does not say
 * @param predictions of the last finished epoch; {@code null} if a file from before has none
 */
public record Snapshot(
        int epoch, PartialEpoch partial, StateDict state, @Nullable Long batches, @Nullable Predictions predictions) {}

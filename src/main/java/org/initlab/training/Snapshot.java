package org.initlab.training;

import org.initlab.training.weights.StateDict;

/**
 * Training between two steps: everything needed to resume with the same numbers as an uninterrupted run.
 *
 * @param epoch the last finished epoch
 * @param partial how far the next epoch has got
 * @param state parameters, buffers and the optimizer's state
 */
public record Snapshot(int epoch, PartialEpoch partial, StateDict state) {}

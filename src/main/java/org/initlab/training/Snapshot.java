package org.initlab.training;

import org.initlab.training.weights.StateDict;

/**
 * A training between two steps: all that is needed to go on from there with the numbers of one that was not interrupted.
 *
 * @param epoch the last one that is done
 * @param partial how far the next one is
 * @param state parameters, buffers and the optimizer's state
 */
public record Snapshot(int epoch, PartialEpoch partial, StateDict state) {}

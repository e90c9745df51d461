package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.training.initializer.Initializer;

/**
 * A tensor of a network: a parameter in PyTorch's sense, or a buffer such as a running mean.
 *
 * @param array its values, on the network's device; the same array as long as the network lives
 * @param initial draws its initial values
 * @param learnt whether an optimizer updates it; no optimizer updates a buffer
 */
public record Parameter(NDArray array, Initializer initial, boolean learnt) {}

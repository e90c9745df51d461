package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.training.initializer.Initializer;

/**
 * A tensor of a network: a parameter in PyTorch's sense, or a buffer such as a running mean.
 *
 * @param array its values, where they are used; the same array as long as the network lives
 * @param initial draws its first values
 * @param learnt whether an optimizer updates it; a buffer is not
 */
public record Parameter(NDArray array, Initializer initial, boolean learnt) {}

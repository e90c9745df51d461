package org.initlab.training.weights;

/**
 * A run of elements in a file of {@code torch.save}, which one tensor or several are views of.
 *
 * @param key its name in the file
 * @param elements how many it has, by the pickle's word
 */
record TorchStorage(String key, DType dtype, long elements) {}

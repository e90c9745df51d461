package org.initlab.training.weights;

/**
 * A run of elements in a {@code torch.save} file, of which one or more tensors are views.
 *
 * @param key its name in the file
 * @param elements how many it has according to the pickle
 */
record TorchStorage(String key, DType dtype, long elements) {}

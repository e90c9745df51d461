package org.initlab.training.weights;

import java.util.Map;

/**
 * A dict in a file that may be a network's state dict.
 *
 * @param path the keys that lead to it, joined by dots; empty for the file's top
 * @param tensors by the file's own names
 * @param unread what else is there by name, as the global that the file asks for
 */
record Container<T extends Shaped>(String path, Map<String, T> tensors, Map<String, String> unread) {}

package org.initlab.training.data;

/**
 * The class that counts as positive; all the others are negative.
 *
 * @param index its label in the data set, from 0
 * @param name its name
 */
public record PositiveClass(int index, String name) {}

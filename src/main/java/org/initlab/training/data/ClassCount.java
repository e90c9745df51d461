package org.initlab.training.data;

/**
 * How many rows of one class a split has when it is trained or evaluated on.
 *
 * @param index the class's label in the data set, from 0
 * @param name the class's name
 * @param count rows, 0 if limits or {@code positiveRate} left none
 */
public record ClassCount(int index, String name, int count) {}

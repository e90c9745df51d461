package org.initlab.training.data;

/**
 * The classes of both splits' rows, known without reading the rows themselves.
 *
 * @param train the class of each training row, from 0
 * @param test the class of each test row
 */
public record SplitClasses(int[] train, int[] test) {}

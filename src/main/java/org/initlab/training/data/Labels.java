package org.initlab.training.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Which rows of a split are used, and which of them are positive: one class against the rest. */
public final class Labels {
    private final int[] rows;
    private final int[] classes;
    private final int positive;

    /**
     * Labels some rows.
     *
     * @param rows the rows in use, in the order of their positions
     * @param classes the class of every row of the split
     * @param positive the positive class's index
     */
    public Labels(int[] rows, int[] classes, int positive) {
        this.rows = rows;
        this.classes = classes;
        this.positive = positive;
    }

    /** Returns the number of rows in use. */
    public int count() {
        return rows.length;
    }

    /** Returns the split's row at a position. */
    public int row(int position) {
        return rows[position];
    }

    /** Returns the class of the row at a position. */
    public int classAt(int position) {
        return classes[rows[position]];
    }

    public boolean isPositive(int position) {
        return classAt(position) == positive;
    }

    public int positives() {
        return (int) Arrays.stream(rows).filter(row -> classes[row] == positive).count();
    }

    /** Returns the share of positive rows, in [0, 1]. */
    public double positiveRate() {
        return (double) positives() / rows.length;
    }

    /** Returns the number of rows of each class, in class order. */
    List<ClassCount> counts(List<String> classNames) {
        int[] counts = new int[classNames.size()];
        for (int row : rows) {
            counts[classes[row]]++;
        }
        return IntStream.range(0, counts.length)
                .mapToObj(index -> new ClassCount(index, classNames.get(index), counts[index]))
                .toList();
    }

    /** Returns the labels at some positions, 1 for positive and 0 for negative, as float32 of shape (N). */
    public NDArray load(NDManager manager, int[] positions) {
        float[] labels = new float[positions.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = isPositive(positions[i]) ? 1 : 0;
        }
        return manager.create(labels);
    }

    /** Returns all labels by position, 1 for positive and 0 for negative. */
    public byte[] toBytes() {
        byte[] labels = new byte[count()];
        for (int position = 0; position < labels.length; position++) {
            labels[position] = (byte) (isPositive(position) ? 1 : 0);
        }
        return labels;
    }
}

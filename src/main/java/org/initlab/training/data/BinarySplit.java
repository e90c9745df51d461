package org.initlab.training.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of a split that a task uses, labelled positive or negative; a view, so that runs share the decoded images.
 *
 * <p>A position counts the task's rows from 0; safe for use by several threads.
 */
public final class BinarySplit {
    private final ImageSplit images;
    private final int[] rows;
    private final int positive;

    /**
     * Takes some rows of a split.
     *
     * @param rows the rows of {@code images} in use, in the task's order
     * @param positive the positive class's index
     */
    BinarySplit(ImageSplit images, int[] rows, int positive) {
        this.images = images;
        this.rows = rows;
        this.positive = positive;
    }

    public int rows() {
        return rows.length;
    }

    /** Height in pixels of the images as they are kept. */
    public int height() {
        return images.height();
    }

    /** Width in pixels of the images as they are kept. */
    public int width() {
        return images.width();
    }

    /** 3, or 1 where the images are grey. */
    public int channels() {
        return images.channels();
    }

    public boolean isPositive(int position) {
        return images.labels()[rows[position]] == positive;
    }

    public int positives() {
        return (int) Arrays.stream(rows)
                .filter(row -> images.labels()[row] == positive)
                .count();
    }

    /** The share of positive rows, in [0, 1]. */
    public double positiveRate() {
        return (double) positives() / rows.length;
    }

    /** The rows of every class, in the order of the classes. */
    List<ClassCount> classCounts(List<String> classNames) {
        int[] counts = new int[classNames.size()];
        for (int row : rows) {
            counts[images.labels()[row]]++;
        }
        return IntStream.range(0, counts.length)
                .mapToObj(label -> new ClassCount(label, classNames.get(label), counts[label]))
                .toList();
    }

    /**
     * The images at some positions as an 8-bit array of shape (N, height, width, channels) on the manager's device.
     *
     * @param positions what to take, in this order
     */
    public NDArray images(NDManager manager, int[] positions) {
        int size = images.imageBytes();
        ByteBuffer pixels = manager.allocateDirect(Math.multiplyExact(positions.length, size));
        for (int position : positions) {
            pixels.put(images.pixels(), rows[position] * size, size);
        }
        Shape shape = new Shape(positions.length, height(), width(), channels());
        return manager.create(pixels.flip(), shape, DataType.UINT8);
    }

    /** The labels at some positions, 1 for positive and 0 for negative, as float32 of shape (N). */
    public NDArray labels(NDManager manager, int[] positions) {
        float[] labels = new float[positions.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = isPositive(positions[i]) ? 1 : 0;
        }
        return manager.create(labels);
    }

    /** Hands each row in use to a visitor, in the task's order. */
    void forEachRow(RowVisitor visitor) {
        int size = images.imageBytes();
        for (int row : rows) {
            visitor.visit(images.pixels(), row * size, size, images.labels()[row]);
        }
    }

    /** Sees one row: where its pixels lie, and its class. */
    interface RowVisitor {
        void visit(byte[] pixels, int offset, int length, int label);
    }
}

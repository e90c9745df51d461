package org.initlab.training.data.images;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.initlab.training.spec.Augmentation;

/**
 * Mirrors and moves the images of a batch, each by its own chance: torchvision's {@code RandomHorizontalFlip(0.5)} and then
 * {@code RandomCrop(size, padding)}.
 *
 * <p>Both only choose where each pixel comes from, so the rows and columns are drawn here, and the device picks all pixels at once.
 */
final class Augmenter {
    private static final int EIGHTH = 8;

    private final int size;
    private final int padding;
    private final boolean flips;
    private final boolean crops;

    /**
     * Prepares for images of a size.
     *
     * @param size height and width in pixels
     * @param augmentation empty to leave the images as they are
     */
    Augmenter(int size, List<Augmentation> augmentation) {
        this.size = size;
        flips = augmentation.contains(Augmentation.HORIZONTAL_FLIP);
        crops = augmentation.contains(Augmentation.RANDOM_CROP);
        padding = crops ? size / EIGHTH : 0;
    }

    /**
     * Changes a batch.
     *
     * @param images of shape (N, size, size, channels), where 0 is black; borrowed
     * @param seed determines the changes, together with N
     * @return of the same shape and type, {@code images} themselves if there is nothing to change
     */
    NDArray apply(NDArray images, long seed) {
        if (!flips && !crops) {
            return images;
        }
        NDArray padded = padding > 0 ? images.pad(new Shape(0, 0, padding, padding, padding, padding), 0) : images;
        long side = size + 2L * padding;
        NDArray picked = pick(
                padded.reshape(-1, side, images.getShape().get(3)),
                Math.toIntExact(images.getShape().get(0)),
                new SplittableRandom(seed));
        if (padded != images) {
            padded.close();
        }
        return picked;
    }

    /** Picks a square of each image from all images' rows of pixels. */
    private NDArray pick(NDArray rowsOfPixels, int images, SplittableRandom random) {
        int side = size + 2 * padding;
        long[] rows = new long[images * size];
        long[] columns = new long[images * size];
        for (int image = 0; image < images; image++) {
            boolean flipped = flips && random.nextBoolean();
            int top = random.nextInt(2 * padding + 1);
            int left = random.nextInt(2 * padding + 1);
            for (int i = 0; i < size; i++) {
                int column = left + i;
                rows[image * size + i] = (long) image * side + top + i;
                columns[image * size + i] = flipped ? side - 1 - column : column;
            }
        }
        NDManager manager = rowsOfPixels.getManager();
        try (NDArray y = manager.create(rows, new Shape(images, size, 1));
                NDArray x = manager.create(columns, new Shape(images, 1, size))) {
            return rowsOfPixels.get(new NDIndex("{}, {}", y, x));
        }
    }
}

package org.initlab.training.data.images;

import org.initlab.training.spec.ImageTransform;

/**
 * A decoded image.
 *
 * @param height in pixels
 * @param width in pixels
 * @param pixels red, green and blue of each pixel in 8 bits, row by row
 */
record RgbImage(int height, int width, byte[] pixels) {
    static final int CHANNELS = 3;

    /**
     * Resizes and crops into a larger array, with PIL's result to the bit.
     *
     * @param offset where the transform's square goes in {@code target}
     */
    void transformInto(ImageTransform transform, byte[] target, int offset) {
        ResizeWeights rows = ResizeWeights.rows(transform, height, width);
        ResizeWeights columns = ResizeWeights.columns(transform, height, width);
        int size = transform.crop();
        byte[] wide = new byte[height * size * CHANNELS];
        columns.apply(pixels, height, CHANNELS, wide, 0);
        // for the vertical pass a whole line is one input
        rows.apply(wide, 1, size * CHANNELS, target, offset);
    }
}

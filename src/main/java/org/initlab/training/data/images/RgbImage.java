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
        ByteResizer.of(transform, height, width).apply(pixels, target, offset);
    }

    /** Copies a smaller image into this one, cut off at its borders. */
    void paste(RgbImage other, int left, int top) {
        int columns = Math.min(other.width, width - left);
        for (int y = 0; y < Math.min(other.height, height - top); y++) {
            System.arraycopy(
                    other.pixels,
                    y * other.width * CHANNELS,
                    pixels,
                    ((top + y) * width + left) * CHANNELS,
                    columns * CHANNELS);
        }
    }

    /** Turns the image upright as an Exif orientation from 1 to 8 says; any other leaves it as it is. */
    RgbImage oriented(int orientation) {
        if (orientation < 2 || orientation > 8) {
            return this;
        }
        boolean swapped = orientation >= 5;
        int rows = swapped ? width : height;
        int columns = swapped ? height : width;
        byte[] turned = new byte[pixels.length];
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                int sourceY = swapped ? x : y;
                int sourceX = swapped ? y : x;
                // 2 mirrors, 3 half a turn, 4 flips; 5 to 8 are the same after the axes are swapped
                sourceX = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8
                        ? width - 1 - sourceX
                        : sourceX;
                sourceY = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7
                        ? height - 1 - sourceY
                        : sourceY;
                System.arraycopy(
                        pixels, (sourceY * width + sourceX) * CHANNELS, turned, (y * columns + x) * CHANNELS, CHANNELS);
            }
        }
        return new RgbImage(rows, columns, turned);
    }
}

package org.initlab.training.data.images;

import java.nio.ByteBuffer;
import org.initlab.training.spec.ImageShape;

/**
 * A few images in memory, all of class 0.
 *
 * @param pixels 8-bit values in the order row, y, x, channel
 * @param classes the class of each row
 */
record ImageArray(ImageShape shape, byte[] pixels, int[] classes) implements ImageRows {

    static ImageArray allocate(int rows, int height, int width, int channels) {
        ImageShape shape = new ImageShape(height, width, channels);
        return new ImageArray(shape, new byte[rows * height * width * channels], new int[rows]);
    }

    @Override
    public void read(int row, ByteBuffer into) {
        into.put(pixels, row * imageBytes(), imageBytes());
    }
}

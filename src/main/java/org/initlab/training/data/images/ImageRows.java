package org.initlab.training.data.images;

import java.nio.ByteBuffer;
import org.initlab.training.spec.ImageShape;

/** The decoded images of one split, all of one shape, in 8-bit values in the order y, x, channel. Thread-safe. */
interface ImageRows {

    /** Height and width in pixels, and channels: 3 (red, green, blue) or 1 (grey). */
    ImageShape shape();

    /** Copies an image to where a buffer stands. */
    void read(int row, ByteBuffer into);

    /** Whether it can be read at once, without being decoded first. */
    default boolean isReady(int row) {
        return true;
    }

    /** How many bytes one image takes. */
    default int imageBytes() {
        return shape().imageHeight() * shape().imageWidth() * shape().channels();
    }
}

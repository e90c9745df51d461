package org.initlab.training.data;

import org.initlab.training.spec.TrainingException;

/**
 * The decoded images of one split with their class labels, in one array; nothing changes it once it is filled.
 *
 * @param rows how many images
 * @param height in pixels
 * @param width in pixels
 * @param channels 3 (red, green, blue) or 1 (grey)
 * @param pixels 8-bit values in the order row, y, x, channel (NHWC)
 * @param labels the class index of each row, from 0
 */
public record ImageSplit(int rows, int height, int width, int channels, byte[] pixels, int[] labels) {

    /**
     * Makes room for a split.
     *
     * @throws TrainingException when the pixels do not fit into one array or not into the heap
     */
    static ImageSplit allocate(int rows, int height, int width, int channels) {
        long bytes = (long) rows * height * width * channels;
        if (bytes > Integer.MAX_VALUE - 8 || bytes > Runtime.getRuntime().maxMemory() / 10 * 9) {
            throw new TrainingException(String.format(
                    "%,d images of %d×%d pixels take %,d MB, more than the memory for one split; "
                            + "lower trainLimit and testLimit or imageSize, or give the service a larger heap (-Xmx, at most 2 GB a split)",
                    rows, height, width, bytes / 1_000_000));
        }
        return new ImageSplit(rows, height, width, channels, new byte[(int) bytes], new int[rows]);
    }

    /** How many bytes one image takes. */
    public int imageBytes() {
        return height * width * channels;
    }
}

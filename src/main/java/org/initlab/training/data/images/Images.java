package org.initlab.training.data.images;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.initlab.training.data.DecodedSplit;
import org.initlab.training.data.Labels;
import org.initlab.training.data.Split;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.InputForm;
import org.initlab.training.spec.TrainingException;

/**
 * The decoded images of one split with their class labels, in one array; nothing changes it once it is filled.
 *
 * @param rows how many images
 * @param height in pixels
 * @param width in pixels
 * @param channels 3 (red, green, blue) or 1 (grey)
 * @param pixels 8-bit values in the order row, y, x, channel (NHWC)
 * @param classes the class of each row, from 0
 */
record Images(int rows, int height, int width, int channels, byte[] pixels, int[] classes)
        implements DecodedSplit, ImageRows {

    /**
     * Makes room for a split.
     *
     * @throws TrainingException if the pixels do not fit into one array or into the heap
     */
    static Images allocate(int rows, int height, int width, int channels) {
        long bytes = (long) rows * height * width * channels;
        if (bytes > Integer.MAX_VALUE - 8 || bytes > Runtime.getRuntime().maxMemory() / 10 * 9) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "%,d images of %d×%d pixels take %,d MB, more than the memory for one split; "
                            + "lower trainLimit and testLimit, or give the service a larger heap (-Xmx, at most 2 GB per split)",
                    rows,
                    height,
                    width,
                    bytes / 1_000_000));
        }
        return new Images(rows, height, width, channels, new byte[(int) bytes], new int[rows]);
    }

    @Override
    public ImageShape shape() {
        return new ImageShape(height, width, channels);
    }

    @Override
    public void read(int row, ByteBuffer into) {
        into.put(pixels, row * imageBytes(), imageBytes());
    }

    @Override
    public Split select(Labels labels, InputForm form) {
        return new SelectedImages(this, labels, (ImageTransform) form);
    }
}

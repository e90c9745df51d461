package org.initlab.training.data.images;

import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * Smooths a JPEG's component that has half the rows (4:4:0) as libjpeg-turbo and PIL do, where the JDK's own libjpeg only
 * repeats each row; what a JDK built with libjpeg-turbo reads is left as it is.
 */
final class ChromaRows {
    private ChromaRows() {}

    static Raster smoothed(Raster raster, JpegFile jpeg) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        Raster smoothed = raster;
        for (int band = 0; band < raster.getNumBands(); band++) {
            if (!jpeg.hasHalfTheRows(band)) {
                continue;
            }
            int[] samples = raster.getSamples(0, 0, width, height, band, (int[]) null);
            if (isRepeated(samples, width, height)) {
                WritableRaster copy = raster.createCompatibleWritableRaster(width, height);
                copy.setRect(smoothed);
                copy.setSamples(0, 0, width, height, band, smooth(samples, width, height));
                smoothed = copy;
            }
        }
        return smoothed;
    }

    private static boolean isRepeated(int[] samples, int width, int height) {
        for (int i = 0; i < height / 2 * 2 * width; i++) {
            if (i / width % 2 == 0 && samples[i] != samples[i + width]) {
                return false;
            }
        }
        return true;
    }

    /** Three parts of the own row and one of the nearer neighbour, rounded in turn down and up. */
    private static int[] smooth(int[] samples, int width, int height) {
        int[] smooth = new int[samples.length];
        int last = (height - 1) / 2;
        for (int y = 0; y < height; y++) {
            int own = y / 2;
            int neighbour = Math.max(0, Math.min(last, y % 2 == 0 ? own - 1 : own + 1));
            for (int x = 0; x < width; x++) {
                smooth[y * width + x] =
                        (3 * samples[2 * own * width + x] + samples[2 * neighbour * width + x] + 1 + y % 2) >> 2;
            }
        }
        return smooth;
    }
}

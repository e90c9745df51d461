package org.initlab.training.data.images;

import static org.initlab.text.Counts.counted;

import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.IIOException;

/**
 * Reads JPEG by the JDK's libjpeg, but turns the samples into colours itself as libjpeg-turbo and PIL do: profiles are
 * ignored, and what is not marked is YCbCr.
 */
final class JpegDecoder {
    private static final int HALF = 1 << 15;
    private static final int WHITE = 255;
    private static final int GREY = 128;

    /** Sums from −256 to 511 as bytes, by what is added to them to be an index. */
    private static final int CLIPPED_BLACK = 256;

    private static final byte[] CLIPPED = new byte[3 * CLIPPED_BLACK];
    /** By libjpeg's integers; red and blue are indices of {@link #CLIPPED}. */
    private static final int[] RED_OF_CR = new int[WHITE + 1];

    private static final int[] BLUE_OF_CB = new int[WHITE + 1];
    private static final int[] GREEN_OF_CB = new int[WHITE + 1];
    private static final int[] GREEN_OF_CR = new int[WHITE + 1];

    static {
        for (int i = 0; i < CLIPPED.length; i++) {
            CLIPPED[i] = (byte) Math.max(0, Math.min(WHITE, i - CLIPPED_BLACK));
        }
        for (int i = 0; i <= WHITE; i++) {
            RED_OF_CR[i] = ((91_881 * (i - GREY) + HALF) >> 16) + CLIPPED_BLACK;
            BLUE_OF_CB[i] = ((116_130 * (i - GREY) + HALF) >> 16) + CLIPPED_BLACK;
            GREEN_OF_CB[i] = -22_554 * (i - GREY) + HALF;
            GREEN_OF_CR[i] = -46_802 * (i - GREY);
        }
    }

    private JpegDecoder() {}

    static RgbImage decode(byte[] file) throws IOException {
        JpegFile jpeg = JpegFile.of(file);
        StringBuilder fault = new StringBuilder();
        Raster read = Readers.use(jpeg.bare(), "jpeg", "com.sun.imageio.", false, reader -> {
            // only libjpeg is left to warn, and of a scan that ends too early it only warns
            reader.addIIOReadWarningListener((source, warning) ->
                    fault.append(warning.toLowerCase(Locale.ROOT).contains("premature end") ? warning : ""));
            return Readers.library(() -> reader.readRaster(0, null));
        });
        if (!fault.isEmpty()) {
            throw new IIOException("it is truncated");
        }
        Raster raster = ChromaRows.smoothed(read, jpeg);
        return switch (raster.getNumBands()) {
            case 1 -> grey(raster);
            case 3 -> colours(raster, jpeg.isYcc());
            case 4 -> Samples.cmyk(jpeg.isYcc() ? inks(raster) : raster, true);
            default ->
                throw new IIOException("it has " + counted(raster.getNumBands(), "component") + "; convert it to RGB");
        };
    }

    private static RgbImage grey(Raster raster) {
        byte[] samples = samples(raster);
        byte[] pixels = new byte[samples.length * RgbImage.CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = samples[i / RgbImage.CHANNELS];
        }
        return new RgbImage(raster.getHeight(), raster.getWidth(), pixels);
    }

    private static RgbImage colours(Raster raster, boolean ycc) {
        byte[] pixels = samples(raster);
        if (ycc) {
            for (int i = 0; i < pixels.length; i += RgbImage.CHANNELS) {
                toRgb(pixels, i);
            }
        }
        return new RgbImage(raster.getHeight(), raster.getWidth(), pixels);
    }

    /** A copy of the samples, pixel by pixel. */
    private static byte[] samples(Raster raster) {
        return (byte[]) raster.getDataElements(0, 0, raster.getWidth(), raster.getHeight(), null);
    }

    /** YCCK is the complement of CMY in YCbCr, and black as it is. */
    private static Raster inks(Raster raster) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] samples = samples(raster);
        for (int i = 0; i < samples.length; i += 4) {
            toRgb(samples, i);
            for (int c = i; c < i + RgbImage.CHANNELS; c++) {
                samples[c] = (byte) (WHITE - (samples[c] & WHITE));
            }
        }
        WritableRaster inks = raster.createCompatibleWritableRaster(width, height);
        inks.setDataElements(0, 0, width, height, samples);
        return inks;
    }

    private static void toRgb(byte[] samples, int at) {
        int y = samples[at] & WHITE;
        int cb = samples[at + 1] & WHITE;
        int cr = samples[at + 2] & WHITE;
        samples[at] = CLIPPED[y + RED_OF_CR[cr]];
        samples[at + 1] = CLIPPED[y + ((GREEN_OF_CB[cb] + GREEN_OF_CR[cr]) >> 16) + CLIPPED_BLACK];
        samples[at + 2] = CLIPPED[y + BLUE_OF_CB[cb]];
    }
}

package org.initlab.training.data.images;

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
            default -> throw new IIOException("it has " + raster.getNumBands() + " components; convert it to RGB");
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

    /** By libjpeg's integers. */
    private static void toRgb(byte[] samples, int at) {
        int y = samples[at] & WHITE;
        int cb = (samples[at + 1] & WHITE) - 128;
        int cr = (samples[at + 2] & WHITE) - 128;
        samples[at] = clip(y + ((91_881 * cr + HALF) >> 16));
        samples[at + 1] = clip(y + ((-22_554 * cb - 46_802 * cr + HALF) >> 16));
        samples[at + 2] = clip(y + ((116_130 * cb + HALF) >> 16));
    }

    private static byte clip(int value) {
        return (byte) Math.max(0, Math.min(WHITE, value));
    }
}

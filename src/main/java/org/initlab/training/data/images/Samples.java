package org.initlab.training.data.images;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import javax.imageio.IIOException;

/** Takes a decoded image's samples as they are stored; ImageIO's own conversion would apply profiles, and lighten grey. */
final class Samples {
    private static final int WHITE = 255;

    private Samples() {}

    /**
     * Returns the samples as PIL's {@code convert("RGB")} does.
     *
     * @throws IIOException when the colours are in a space that is not converted
     */
    static RgbImage rgb(BufferedImage image) throws IIOException {
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel) {
            return colours(image);
        }
        int space = model.getColorSpace().getType();
        int[] depths = model.getComponentSize();
        if (space == ColorSpace.TYPE_CMYK) {
            return cmyk(image.getRaster(), false);
        }
        boolean known = space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB;
        if (!known || depths[0] > Short.SIZE) {
            throw new IIOException("its kind of pixels is not read; convert it to 8-bit RGB");
        }
        return stored(image.getRaster(), model.getNumColorComponents(), depths);
    }

    private static RgbImage colours(BufferedImage image) {
        int width = image.getWidth();
        int[] argb = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
        byte[] pixels = new byte[argb.length * RgbImage.CHANNELS];
        int at = 0;
        for (int colour : argb) {
            pixels[at++] = (byte) (colour >> 16);
            pixels[at++] = (byte) (colour >> 8);
            pixels[at++] = (byte) colour;
        }
        return new RgbImage(image.getHeight(), width, pixels);
    }

    private static RgbImage stored(Raster raster, int components, int[] depths) {
        int width = raster.getWidth();
        byte[] pixels = new byte[raster.getHeight() * width * RgbImage.CHANNELS];
        int[] samples = new int[width];
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int c = 0; c < RgbImage.CHANNELS; c++) {
                int band = components == RgbImage.CHANNELS ? c : 0;
                raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, samples);
                int at = y * width * RgbImage.CHANNELS + c;
                for (int sample : samples) {
                    pixels[at] = (byte) eightBits(sample, depths[band]);
                    at += RgbImage.CHANNELS;
                }
            }
        }
        return new RgbImage(raster.getHeight(), width, pixels);
    }

    /** As {@link #rgb}, where the colours are stored multiplied by alpha: divided by it and rounded down, as PIL does. */
    static RgbImage dividedByAlpha(BufferedImage stored) throws IIOException {
        RgbImage image = rgb(stored);
        Raster alphas = stored.getAlphaRaster();
        int depth = stored.getColorModel().getComponentSize(RgbImage.CHANNELS);
        byte[] pixels = image.pixels();
        for (int i = 0; i < pixels.length; i++) {
            int pixel = i / RgbImage.CHANNELS;
            int x = alphas.getMinX() + pixel % image.width();
            int alpha = eightBits(alphas.getSample(x, alphas.getMinY() + pixel / image.width(), 0), depth);
            pixels[i] = (byte) (alpha == 0 ? 0 : Math.min(WHITE, (pixels[i] & WHITE) * WHITE / alpha));
        }
        return image;
    }

    private static int eightBits(int sample, int depth) {
        return depth >= Byte.SIZE
                ? sample >> (depth - Byte.SIZE)
                : (sample * WHITE + ((1 << depth) - 1) / 2) / ((1 << depth) - 1);
    }

    /**
     * Converts the four first bands as PIL does, without a profile.
     *
     * @param inverted whether 255 means no ink, as in JPEG
     */
    static RgbImage cmyk(Raster raster, boolean inverted) {
        int width = raster.getWidth();
        byte[] pixels = new byte[raster.getHeight() * width * RgbImage.CHANNELS];
        int[] ink = new int[raster.getNumBands()];
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int x = 0; x < width; x++) {
                raster.getPixel(raster.getMinX() + x, raster.getMinY() + y, ink);
                int paper = inverted ? ink[3] : WHITE - ink[3];
                for (int c = 0; c < RgbImage.CHANNELS; c++) {
                    int product = (inverted ? WHITE - ink[c] : ink[c]) * paper + 128;
                    pixels[at++] = (byte) Math.max(0, paper - ((product + (product >> 8)) >> 8));
                }
            }
        }
        return new RgbImage(raster.getHeight(), width, pixels);
    }
}

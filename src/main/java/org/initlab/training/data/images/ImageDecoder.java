package org.initlab.training.data.images;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads PNG, JPEG, BMP, GIF (its first frame) and WebP into RGB as PIL's {@code convert("RGB")} does: grey is repeated,
 * a palette looked up, alpha dropped, CMYK converted, 16 bits cut to 8; colour profiles and orientation tags are
 * ignored.
 */
final class ImageDecoder {
    /** The file extensions read, in lower case. */
    static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "bmp", "gif", "webp");

    /** PIL's limit against decompression bombs. */
    private static final long MAX_PIXELS = 89_478_485;

    private ImageDecoder() {}

    /**
     * Decodes a file's content.
     *
     * @throws IOException if it is not an image, is damaged or truncated, or has too many pixels
     */
    static RgbImage decode(byte[] file) throws IOException {
        PngChecksums.check(file);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IIOException("it is not a PNG, JPEG, BMP, GIF or WebP image");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return rgb(read(reader));
            } catch (RuntimeException e) {
                // what decoders throw on damaged files is not always an IOException
                throw new IIOException("it is damaged", e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static BufferedImage read(ImageReader reader) throws IOException {
        if ((long) reader.getWidth(0) * reader.getHeight(0) > MAX_PIXELS) {
            throw new IIOException(
                    "it has " + reader.getWidth(0) + "×" + reader.getHeight(0) + " pixels, which is too many");
        }
        StringBuilder fault = new StringBuilder();
        // libjpeg fills a truncated image with grey and only warns
        reader.addIIOReadWarningListener((source, warning) -> {
            String text = warning.toLowerCase(Locale.ROOT);
            if (text.contains("truncated") || text.contains("premature end")) {
                fault.append(warning);
            }
        });
        BufferedImage image = reader.read(0);
        if (!fault.isEmpty()) {
            throw new IIOException("it is truncated");
        }
        return image;
    }

    private static RgbImage rgb(BufferedImage image) {
        int width = image.getWidth();
        byte[] pixels = new byte[image.getHeight() * width * RgbImage.CHANNELS];
        int space = image.getColorModel().getColorSpace().getType();
        // ImageIO's own conversion of grey to sRGB would lighten it, and that of a profile would be slow
        boolean asStored = image.getColorModel() instanceof ComponentColorModel
                && (space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            int line = y * width * RgbImage.CHANNELS;
            if (asStored) {
                copySamples(image, y, pixels, line);
            } else {
                copyColours(image.getRGB(0, y, width, 1, null, 0, width), pixels, line);
            }
        }
        return new RgbImage(image.getHeight(), width, pixels);
    }

    private static void copySamples(BufferedImage image, int y, byte[] pixels, int offset) {
        Raster raster = image.getRaster();
        ColorModel model = image.getColorModel();
        int shift = model.getComponentSize(0) - Byte.SIZE;
        int[] samples = new int[image.getWidth()];
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
            int band = model.getNumColorComponents() == RgbImage.CHANNELS ? c : 0;
            raster.getSamples(0, y, samples.length, 1, band, samples);
            for (int x = 0; x < samples.length; x++) {
                pixels[offset + x * RgbImage.CHANNELS + c] = (byte) (samples[x] >> shift);
            }
        }
    }

    private static void copyColours(int[] argb, byte[] pixels, int offset) {
        int at = offset;
        for (int colour : argb) {
            pixels[at++] = (byte) (colour >> 16);
            pixels[at++] = (byte) (colour >> 8);
            pixels[at++] = (byte) colour;
        }
    }
}

package org.initlab.training.data.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOException;

/**
 * Reads JPEG, PNG, WebP, BMP, GIF, TIFF, PPM and PGM, told by their content, into RGB as PIL's {@code convert("RGB")}
 * does: grey is repeated, a palette looked up, alpha dropped, CMYK converted, colour profiles and (but for TIFF)
 * orientation tags ignored, and of an animation the first frame taken.
 *
 * <p>Equal to PIL with two exceptions: JPEG, as decoders may differ in the inverse DCT, and 16-bit BMP are within 1 of 255; and
 * 16-bit grey is cut to its upper 8 bits, where PIL's conversion clips everything above 255 to white.
 */
final class ImageDecoder {
    /** The file extensions read, in lower case. */
    static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "png", "ppm", "bmp", "pgm", "tif", "tiff", "webp", "gif");

    static final String FORMATS = "JPEG, PNG, WebP, BMP, GIF, TIFF, PPM or PGM";

    private static final String JDK = "com.sun.imageio.";
    private static final int MAGIC_BYTES = 12;

    private ImageDecoder() {}

    /** The extension of a file's name in lower case, without its dot; empty where there is none. */
    static String extension(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Decodes a file's content.
     *
     * @throws IOException if it is not an image, is damaged or truncated, or has too many pixels
     */
    static RgbImage decode(byte[] file) throws IOException {
        String magic = new String(file, 0, Math.min(MAGIC_BYTES, file.length), StandardCharsets.ISO_8859_1);
        try {
            return decode(file, magic);
        } catch (RuntimeException e) {
            // what decoders throw on damaged files is not always an IOException
            throw new IIOException("it is damaged, or of a kind that is not read; convert it to PNG", e);
        }
    }

    private static RgbImage decode(byte[] file, String magic) throws IOException {
        if (magic.startsWith("\u00FF\u00D8\u00FF")) {
            return JpegDecoder.decode(file);
        } else if (magic.startsWith("\u0089PNG\r\n\u001A\n")) {
            PngChecksums.check(file);
            return Samples.rgb(Readers.read(file, "png", JDK));
        } else if (magic.startsWith("RIFF") && magic.endsWith("WEBP")) {
            return WebPDecoder.decode(file);
        } else if (magic.startsWith("GIF87a") || magic.startsWith("GIF89a")) {
            return GifDecoder.decode(file);
        } else if (magic.startsWith("BM")) {
            return Samples.rgb(Readers.read(file, "bmp", JDK));
        } else if (magic.matches("(?s)(II[*+]\0|MM\0[*+]).*")) {
            return TiffDecoder.decode(file);
        } else if (magic.matches("(?s)P[1-6]\\s.*")) {
            return new PnmDecoder(file).decode();
        }
        throw new IIOException("it is not a " + FORMATS + " image");
    }
}

package org.initlab.training.data.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Runs ImageIO's readers, each picked by its library, as several may know one format. */
final class Readers {
    /** As PIL's limit against decompression bombs. */
    private static final long MAX_PIXELS = 89_478_485;

    /** Looking for a reader takes as long as reading a small image. */
    private static final Map<String, ImageReaderSpi> PROVIDERS = new ConcurrentHashMap<>();

    private Readers() {}

    /** What to do with a reader that has its input. */
    @FunctionalInterface
    interface Use<T> {
        T of(ImageReader reader) throws IOException;
    }

    /**
     * Reads a file's content.
     *
     * @param format ImageIO's name of the format
     * @param library the beginning of the reader's class name
     * @throws IOException when it is damaged or truncated, or has too many pixels
     */
    static <T> T use(byte[] file, String format, String library, boolean metadata, Use<T> use) throws IOException {
        ImageReader reader = reader(format, library);
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, !metadata);
            checkSize(library(() -> reader.getWidth(0)), library(() -> reader.getHeight(0)));
            return use.of(reader);
        } finally {
            reader.dispose();
        }
    }

    static BufferedImage read(byte[] file, String format, String library) throws IOException {
        return use(file, format, library, false, Readers::first);
    }

    /** Reads the first image of a reader that has its input. */
    static BufferedImage first(ImageReader reader) throws IOException {
        return library(() -> reader.read(0));
    }

    /** What a library may do. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws IOException;
    }

    /** Completes a library's own words for what it cannot read. */
    static <T> T library(Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (IIOException e) {
            throw new IIOException("it cannot be read (" + e.getMessage() + "); convert it to PNG", e);
        }
    }

    static void checkSize(int width, int height) throws IIOException {
        if ((long) width * height > MAX_PIXELS) {
            throw new IIOException("it has " + width + "×" + height + " pixels, which is too many");
        }
    }

    private static ImageReader reader(String format, String library) throws IOException {
        ImageReaderSpi known = PROVIDERS.get(format + library);
        if (known == null) {
            known = provider(format, library);
            PROVIDERS.put(format + library, known);
        }
        return known.createReaderInstance();
    }

    private static ImageReaderSpi provider(String format, String library) throws IIOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith(library)) {
                return reader.getOriginatingProvider();
            }
        }
        throw new IIOException("this service cannot read " + format + " here; convert it to PNG");
    }
}

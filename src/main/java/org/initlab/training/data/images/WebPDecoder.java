package org.initlab.training.data.images;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOException;

/**
 * Reads WebP by libwebp, as PIL does; of an animation the first frame, on its black canvas.
 *
 * <p>Chunks follow the WebP container specification: a frame of an animation is a still image with a header of its own.
 */
final class WebPDecoder {
    private static final String LIBRARY = "com.luciad.imageio.webp.";
    private static final int HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FRAME_HEADER = 16;
    private static final int ANIMATED = 0x02;
    private static final int ALPHA = 0x10;

    private WebPDecoder() {}

    /**
     * Decodes a file.
     *
     * @throws IOException when it is damaged or truncated, or this machine has no libwebp
     */
    static RgbImage decode(byte[] file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < HEADER + CHUNK_HEADER || bytes.getInt(4) + (long) CHUNK_HEADER > file.length) {
            throw new IIOException("it is truncated");
        }
        boolean animated = name(file, HEADER).equals("VP8X") && (file[HEADER + CHUNK_HEADER] & ANIMATED) != 0;
        return animated ? firstFrame(file, bytes) : Samples.rgb(still(file));
    }

    private static BufferedImage still(byte[] file) throws IOException {
        try {
            return Readers.read(file, "webp", LIBRARY);
        } catch (LinkageError e) {
            throw new IIOException(
                    "WebP cannot be read on this machine, as libwebp does not load; convert it to PNG", e);
        }
    }

    private static RgbImage firstFrame(byte[] file, ByteBuffer bytes) throws IOException {
        int header = HEADER + CHUNK_HEADER;
        int width = int24(file, header + 4) + 1;
        int height = int24(file, header + 7) + 1;
        Readers.checkSize(width, height);
        int at = HEADER;
        while (!name(file, at).equals("ANMF")) {
            at += CHUNK_HEADER + padded(bytes.getInt(at + 4));
            if (at + CHUNK_HEADER + FRAME_HEADER > file.length) {
                throw new IIOException("it has no frame");
            }
        }
        int frame = at + CHUNK_HEADER;
        int end = frame + bytes.getInt(at + 4);
        BufferedImage image = still(asStill(file, frame, end));
        RgbImage canvas = new RgbImage(height, width, new byte[width * height * RgbImage.CHANNELS]);
        canvas.paste(Samples.rgb(image), 2 * int24(file, frame), 2 * int24(file, frame + 3));
        return canvas;
    }

    private static byte[] asStill(byte[] file, int frame, int end) {
        int data = end - frame - FRAME_HEADER;
        boolean alpha = name(file, frame + FRAME_HEADER).equals("ALPH");
        ByteBuffer still =
                ByteBuffer.allocate(HEADER + CHUNK_HEADER + 10 + data).order(ByteOrder.LITTLE_ENDIAN);
        still.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(still.capacity() - CHUNK_HEADER);
        still.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(alpha ? ALPHA : 0);
        // the frame's header has the size in the form that a still's has
        still.put(file, frame + 6, 6);
        return still.put(file, frame + FRAME_HEADER, data).array();
    }

    private static String name(byte[] file, int at) {
        return new String(file, at, 4, StandardCharsets.US_ASCII);
    }

    private static int padded(int size) throws IIOException {
        if (size < 0 || size > Integer.MAX_VALUE - CHUNK_HEADER - 1) {
            throw new IIOException("it is damaged");
        }
        return size + (size & 1);
    }

    private static int int24(byte[] file, int at) {
        return (file[at] & 0xFF) | (file[at + 1] & 0xFF) << 8 | (file[at + 2] & 0xFF) << 16;
    }
}

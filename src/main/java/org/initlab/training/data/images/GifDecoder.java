package org.initlab.training.data.images;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Reads a GIF's first frame, laid on its screen as PIL lays it: what it leaves free has the transparent colour, or the
 * palette's first.
 */
final class GifDecoder {
    /** Of up to so many interlaced rows, the JDK's reader puts some in wrong places. */
    private static final int MISPLACED_ROWS = 4;

    private GifDecoder() {}

    static RgbImage decode(byte[] file) throws IOException {
        return Readers.use(file, "gif", "com.sun.imageio.", true, reader -> {
            BufferedImage frame = Readers.first(reader);
            Element place = descriptor(reader);
            boolean interlaced = Boolean.parseBoolean(place.getAttribute("interlaceFlag"));
            if (interlaced && frame.getHeight() > 1 && frame.getHeight() <= MISPLACED_ROWS) {
                throw new IIOException(
                        "it is interlaced and has only " + frame.getHeight() + " rows; convert it to PNG");
            }
            int left = Integer.parseInt(place.getAttribute("imageLeftPosition"));
            int top = Integer.parseInt(place.getAttribute("imageTopPosition"));
            int width = Math.max(int16(file, 6), left + frame.getWidth());
            int height = Math.max(int16(file, 8), top + frame.getHeight());
            Readers.checkSize(width, height);
            RgbImage image = Samples.rgb(frame);
            if (width == image.width() && height == image.height()) {
                return image;
            }
            return onScreen(image, left, top, width, height, background((IndexColorModel) frame.getColorModel()));
        });
    }

    private static RgbImage onScreen(RgbImage image, int left, int top, int width, int height, int background) {
        byte[] colour = {(byte) (background >> 16), (byte) (background >> 8), (byte) background};
        byte[] pixels = new byte[width * height * RgbImage.CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = colour[i % RgbImage.CHANNELS];
        }
        RgbImage screen = new RgbImage(height, width, pixels);
        screen.paste(image, left, top);
        return screen;
    }

    private static int background(IndexColorModel palette) {
        return palette.getRGB(Math.max(0, palette.getTransparentPixel()));
    }

    private static Element descriptor(ImageReader reader) throws IOException {
        IIOMetadata metadata = reader.getImageMetadata(0);
        Node child = metadata.getAsTree(metadata.getNativeMetadataFormatName()).getFirstChild();
        while (!child.getNodeName().equals("ImageDescriptor")) {
            child = child.getNextSibling();
        }
        return (Element) child;
    }

    private static int int16(byte[] file, int at) {
        return (file[at] & 0xFF) | (file[at + 1] & 0xFF) << 8;
    }
}

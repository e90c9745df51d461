package org.initlab.training.data.images;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.IIOException;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Reads a TIFF's first page, turned as its orientation says, which PIL does for TIFF only. */
final class TiffDecoder {
    private static final String ORIENTATION = "274";
    private static final int HEADER = 8;

    private TiffDecoder() {}

    static RgbImage decode(byte[] file) throws IOException {
        ByteOrder order = file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        if (file.length < HEADER
                || Integer.toUnsignedLong(ByteBuffer.wrap(file).order(order).getInt(4)) >= file.length) {
            throw new IIOException("it is truncated");
        }
        return Readers.use(file, "tiff", "com.twelvemonkeys.imageio.plugins.tiff.", true, reader -> {
            BufferedImage image = reader.read(0);
            int type = image.getRaster().getTransferType();
            if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) {
                throw new IIOException("its pixels are not whole numbers of up to 16 bits; convert it to 8-bit RGB");
            }
            return Samples.rgb(image).oriented(orientation(reader.getImageMetadata(0)));
        });
    }

    private static int orientation(IIOMetadata metadata) {
        Element root = (Element) metadata.getAsTree(metadata.getNativeMetadataFormatName());
        NodeList fields = root.getElementsByTagName("TIFFField");
        for (int i = 0; i < fields.getLength(); i++) {
            Element field = (Element) fields.item(i);
            if (field.getAttribute("number").equals(ORIENTATION)) {
                Element value =
                        (Element) field.getElementsByTagName("TIFFShort").item(0);
                return value == null ? 1 : Integer.parseInt(value.getAttribute("value"));
            }
        }
        return 1;
    }
}

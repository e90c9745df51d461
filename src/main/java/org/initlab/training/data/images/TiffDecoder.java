package org.initlab.training.data.images;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.IIOException;

/** Reads a TIFF's or BigTIFF's first page, turned as its orientation says, which PIL does for TIFF only. */
final class TiffDecoder {
    private static final int HEADER = 8;
    private static final int BIG_HEADER = 16;
    private static final int BIG = 43;

    private TiffDecoder() {}

    static RgbImage decode(byte[] file) throws IOException {
        ByteBuffer header =
                ByteBuffer.wrap(file).order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        boolean big = header.getShort(2) == BIG;
        if (file.length < (big ? BIG_HEADER : HEADER)
                || (big ? header.getLong(HEADER) : Integer.toUnsignedLong(header.getInt(4))) >= file.length) {
            throw new IIOException("it is truncated");
        }
        return Readers.use(file, "tiff", "com.twelvemonkeys.imageio.plugins.tiff.", true, reader -> {
            TiffFields fields = TiffFields.of(reader.getImageMetadata(0));
            fields.requireReadable();
            BufferedImage image = Readers.first(reader);
            int type = image.getRaster().getTransferType();
            if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) {
                throw new IIOException("its pixels are not whole numbers of up to 16 bits; convert it to 8-bit RGB");
            }
            RgbImage pixels = fields.isMultipliedByAlpha() ? Samples.dividedByAlpha(image) : Samples.rgb(image);
            return pixels.oriented(fields.orientation());
        });
    }
}

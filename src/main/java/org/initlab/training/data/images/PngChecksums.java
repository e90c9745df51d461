package org.initlab.training.data.images;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import javax.imageio.IIOException;

/**
 * Checks the CRC of every chunk of a PNG, which ImageIO does not: a changed byte would silently become wrong pixels.
 */
final class PngChecksums {
    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int TYPE_BYTES = 4;
    private static final int END = 0x49454E44; // IEND

    private PngChecksums() {}

    /**
     * Lets everything pass that is not a PNG.
     *
     * @throws IIOException if a chunk is damaged or truncated
     */
    static void check(byte[] file) throws IIOException {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        if (bytes.remaining() < Long.BYTES || bytes.getLong() != SIGNATURE) {
            return;
        }
        int type = 0;
        while (type != END) {
            int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
            if (length < 0 || length > bytes.remaining() - TYPE_BYTES - Integer.BYTES) {
                throw new IIOException("it is truncated");
            }
            type = bytes.getInt(bytes.position());
            CRC32 crc = new CRC32();
            crc.update(file, bytes.position(), TYPE_BYTES + length);
            bytes.position(bytes.position() + TYPE_BYTES + length);
            if (bytes.getInt() != (int) crc.getValue()) {
                throw new IIOException("it is damaged: a checksum is wrong");
            }
        }
    }
}

package org.initlab.results.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** A record of an event file: TensorFlow's {@code TFRecord}, a length and an event, each with its masked checksum. */
final class EventRecord {
    private static final int HEADER = Long.BYTES + Integer.BYTES;
    private static final int FOOTER = Integer.BYTES;
    private static final int MASK = 0xa282ead8;

    private EventRecord() {}

    static byte[] of(byte[] event) {
        ByteBuffer record = ByteBuffer.allocate(HEADER + event.length + FOOTER).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(event.length);
        record.putInt(checksum(record.array(), 0, Long.BYTES));
        record.put(event);
        record.putInt(checksum(record.array(), HEADER, event.length));
        return record.array();
    }

    /**
     * Takes the next event out of a file's content.
     *
     * @param content moved behind the record, unless there is none
     * @return {@code null} where the rest is no whole record, as after a kill
     */
    static byte[] next(ByteBuffer content) {
        int start = content.position();
        ByteBuffer record = content.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (record.remaining() < HEADER + FOOTER) {
            return null;
        }
        byte[] length = new byte[Long.BYTES];
        record.get(length);
        long bytes = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (record.getInt() != checksum(length, 0, length.length) || bytes > record.remaining() - FOOTER) {
            return null;
        }
        byte[] event = new byte[(int) bytes];
        record.get(event);
        if (record.getInt() != checksum(event, 0, event.length)) {
            return null;
        }
        content.position(start + record.position());
        return event;
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }
}

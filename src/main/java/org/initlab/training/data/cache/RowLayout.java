package org.initlab.training.data.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The format of a file of the cache, in big-endian numbers: a page that says what it holds, an entry for each row, then the rows.
 *
 * <p>An entry is written after its row and sealed by a checksum, so that a row counts only if both are whole.
 */
record RowLayout(CacheKey key) {
    static final int HEADER_BYTES = 4096;
    static final int TAG_BYTES = 32;
    static final int ENTRY_BYTES = 48;

    private static final byte[] MAGIC = "InitLabR".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int HASH_BYTES = 32;
    private static final int HEADER_CONTENT = MAGIC.length + 3 * Integer.BYTES + HASH_BYTES;
    private static final int ENTRY_CONTENT = TAG_BYTES + 2 * Integer.BYTES;

    /**
     * What is known of a row.
     *
     * @param tag the source's own 32 bytes about it
     * @param stamp tells whether what it was decoded from has changed
     * @param checksum CRC-32C of the row
     */
    record Entry(byte[] tag, int stamp, int checksum) {}

    /** How long the file is. */
    long bytes() {
        return row(key.rows());
    }

    long entry(int row) {
        return HEADER_BYTES + (long) row * ENTRY_BYTES;
    }

    long row(int row) {
        long first = (entry(key.rows()) + HEADER_BYTES - 1) / HEADER_BYTES * HEADER_BYTES;
        return first + (long) row * key.rowBytes();
    }

    ByteBuffer header() {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.put(MAGIC)
                .putInt(VERSION)
                .putInt(key.rows())
                .putInt(key.rowBytes())
                .put(key.hashBytes());
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().flip());
        return header.putInt((int) crc.getValue()).rewind();
    }

    /** Whether a file begins as this one does. */
    boolean isHeader(ByteBuffer header) {
        return header.equals(header());
    }

    /** What a file says that it holds; empty if it is none of the cache's. */
    static Optional<RowLayout> of(ByteBuffer header) {
        if (header.remaining() < HEADER_BYTES) {
            return Optional.empty();
        }
        int rows = header.getInt(MAGIC.length + Integer.BYTES);
        int rowBytes = header.getInt(MAGIC.length + 2 * Integer.BYTES);
        byte[] hash = new byte[HASH_BYTES];
        header.get(HEADER_CONTENT - HASH_BYTES, hash);
        RowLayout layout = new RowLayout(new CacheKey(HexFormat.of().formatHex(hash), rows, rowBytes));
        return layout.isHeader(header) ? Optional.of(layout) : Optional.empty();
    }

    ByteBuffer entry(int row, Entry entry) {
        ByteBuffer bytes = ByteBuffer.allocate(ENTRY_BYTES);
        bytes.put(entry.tag()).putInt(entry.stamp()).putInt(entry.checksum());
        return bytes.putInt(seal(row, bytes, 0)).rewind();
    }

    /**
     * Reads a row's entry.
     *
     * @param at where it begins in {@code bytes}
     * @return nothing if the row is absent or its entry torn
     */
    Optional<Entry> entry(int row, ByteBuffer bytes, int at) {
        if (bytes.getInt(at + ENTRY_CONTENT) != seal(row, bytes, at)) {
            return Optional.empty();
        }
        byte[] tag = new byte[TAG_BYTES];
        bytes.get(at, tag);
        return Optional.of(new Entry(tag, bytes.getInt(at + TAG_BYTES), bytes.getInt(at + TAG_BYTES + Integer.BYTES)));
    }

    /** Never 0, which is what an absent entry has. */
    private int seal(int row, ByteBuffer entry, int at) {
        CRC32C crc = new CRC32C();
        crc.update(key.hash().getBytes(StandardCharsets.US_ASCII));
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, row));
        crc.update(entry.duplicate().position(0).limit(at + ENTRY_CONTENT).position(at));
        return crc.getValue() == 0 ? 1 : (int) crc.getValue();
    }
}

package org.initlab.training.data.cache;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open file of the cache. Any thread of any process may read and write any row: equal rows are written by all, and what is
 * half written does not count. A thread that is interrupted while it reads or writes closes the file for all.
 */
final class RowFile {
    /** Rows are claimed by this many, so that processes share the work. */
    static final int CHUNK_ROWS = 64;

    private static final Logger log = LoggerFactory.getLogger(RowFile.class);
    /** Beyond every row: locks of ranges that do not exist. */
    private static final long CLAIMS = 1L << 60;

    private static final int TABLE_ROWS = 16_384;

    private final Path path;
    private final RowLayout layout;
    private final FileChannel channel;
    /** Stamp and checksum of each row; 0 if it is absent, as far as this process knows. */
    private final AtomicLongArray known;

    private final Set<Integer> claimed = ConcurrentHashMap.newKeySet();

    private RowFile(Path path, RowLayout layout, FileChannel channel) throws IOException {
        this.path = path;
        this.layout = layout;
        this.channel = channel;
        known = new AtomicLongArray(layout.key().rows());
        eachEntry(this::remember);
    }

    /** Makes an empty file; what is not written takes no space on disk. */
    static void create(Path path, CacheKey key) throws IOException {
        RowLayout layout = new RowLayout(key);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeFully(channel, layout.header(), 0);
            writeFully(channel, ByteBuffer.allocate(1), layout.bytes() - 1);
        }
    }

    /** Whether a file that nobody has open here holds what it should, as far as its length and header tell. */
    static boolean isWhole(Path path, CacheKey key) throws IOException {
        RowLayout layout = new RowLayout(key);
        try (FileChannel channel = FileChannel.open(path)) {
            return channel.size() == layout.bytes() && layout.isHeader(header(channel));
        }
    }

    /**
     * Opens a file that is whole for as long as it is used, which keeps every process from removing it.
     *
     * @return nothing if it cannot be locked
     */
    static Optional<RowFile> open(Path path, CacheKey key) throws IOException {
        RowLayout layout = new RowLayout(key);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean opened = false;
        try {
            if (channel.tryLock(0, 1, true) != null) {
                RowFile file = new RowFile(path, layout, channel);
                file.touch();
                opened = true;
                return Optional.of(file);
            }
            return Optional.empty();
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    static ByteBuffer header(FileChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(RowLayout.HEADER_BYTES);
        while (header.hasRemaining() && channel.read(header, header.position()) > 0) {
            // once more
        }
        return header.flip();
    }

    /** Takes what is known of a row; nothing if it is absent. */
    private interface EntryUser {
        void on(int row, Optional<RowLayout.Entry> entry);
    }

    private void eachEntry(EntryUser user) throws IOException {
        int rows = layout.key().rows();
        for (int first = 0; first < rows; first += TABLE_ROWS) {
            int count = Math.min(TABLE_ROWS, rows - first);
            ByteBuffer table = ByteBuffer.allocate(count * RowLayout.ENTRY_BYTES);
            readFully(table, layout.entry(first));
            for (int i = 0; i < count; i++) {
                user.on(first + i, layout.entry(first + i, table, i * RowLayout.ENTRY_BYTES));
            }
        }
    }

    /** Takes what the source said of a row. */
    interface TagUser {
        void on(int row, ByteBuffer tag);
    }

    /** Gives what the source said of each row that is there. */
    void eachTag(TagUser user) throws IOException {
        eachEntry((row, entry) -> entry.ifPresent(found -> user.on(row, ByteBuffer.wrap(found.tag()))));
    }

    CacheKey key() {
        return layout.key();
    }

    /** How much of the disk the rows take that are there. */
    long usedBytes() {
        long rows = 0;
        for (int row = 0; row < known.length(); row++) {
            rows += known.get(row) == 0 ? 0 : 1;
        }
        return layout.row(0) + rows * layout.key().rowBytes();
    }

    /** Whether a row is there as decoded from what has this stamp; looks again if it was not when it was last looked for. */
    boolean isPresent(int row, int stamp) throws IOException {
        long state = known.get(row);
        if (state == 0 || stampOf(state) != stamp) {
            state = remember(row, entry(row));
        }
        return state != 0 && stampOf(state) == stamp;
    }

    /** The same, as far as this process has seen. */
    boolean isKnown(int row, int stamp) {
        long state = known.get(row);
        return state != 0 && stampOf(state) == stamp;
    }

    /**
     * Reads a row.
     *
     * @param into where its bytes go; its position moves behind them
     * @return whether it was there and whole; else {@code into} is as it was
     */
    boolean read(int row, int stamp, ByteBuffer into) throws IOException {
        if (!isPresent(row, stamp)) {
            return false;
        }
        int checksum = (int) known.get(row);
        int start = into.position();
        ByteBuffer bytes = into.duplicate().limit(start + layout.key().rowBytes());
        readFully(bytes, layout.row(row));
        CRC32C crc = new CRC32C();
        crc.update(bytes.position(start));
        if ((int) crc.getValue() == checksum) {
            into.position(start + layout.key().rowBytes());
            return true;
        }
        log.warn("Row {} of the cached {} is damaged, and decoded anew", row, path.getFileName());
        known.set(row, 0);
        return false;
    }

    /**
     * What the source said of a row that is there.
     *
     * @throws EOFException if it is not
     */
    byte[] tag(int row) throws IOException {
        return entry(row).orElseThrow(EOFException::new).tag();
    }

    void write(int row, int stamp, byte[] tag, byte[] bytes) throws IOException {
        write(row, stamp, new byte[][] {tag}, bytes);
    }

    /**
     * Writes rows that follow each other.
     *
     * @param tags what the source says of each
     * @param bytes the rows, one behind the other; may be longer
     */
    void write(int first, int stamp, byte[][] tags, byte[] bytes) throws IOException {
        int size = layout.key().rowBytes();
        RowLayout.Entry[] entries = new RowLayout.Entry[tags.length];
        ByteBuffer table = ByteBuffer.allocate(tags.length * RowLayout.ENTRY_BYTES);
        for (int i = 0; i < tags.length; i++) {
            CRC32C crc = new CRC32C();
            crc.update(bytes, i * size, size);
            entries[i] = new RowLayout.Entry(tags[i], stamp, (int) crc.getValue());
            table.put(layout.entry(first + i, entries[i]));
        }
        writeFully(channel, ByteBuffer.wrap(bytes, 0, tags.length * size), layout.row(first));
        writeFully(channel, table.flip(), layout.entry(first));
        for (int i = 0; i < tags.length; i++) {
            remember(first + i, Optional.of(entries[i]));
        }
    }

    /** A chunk of rows that this thread is to decode. */
    interface Claim extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Claims a chunk for a thread; {@code null} if another one, perhaps of another process, has it. */
    @Nullable
    Claim claim(int chunk) throws IOException {
        if (!claimed.add(chunk)) {
            return null;
        }
        FileLock lock = null;
        try {
            lock = channel.tryLock(CLAIMS + chunk, 1, false);
        } finally {
            if (lock == null) {
                claimed.remove(chunk);
            }
        }
        FileLock held = lock;
        return held == null
                ? null
                : () -> {
                    held.release();
                    claimed.remove(chunk);
                };
    }

    /** Marks the file as used now. */
    void touch() throws IOException {
        writeFully(channel, layout.header(), 0);
    }

    /** Closes the file; others may remove it now. */
    void close() throws IOException {
        channel.close();
    }

    Path path() {
        return path;
    }

    private Optional<RowLayout.Entry> entry(int row) throws IOException {
        ByteBuffer entry = ByteBuffer.allocate(RowLayout.ENTRY_BYTES);
        readFully(entry, layout.entry(row));
        return layout.entry(row, entry, 0);
    }

    private long remember(int row, Optional<RowLayout.Entry> entry) {
        long state = entry.map(found -> (long) found.stamp() << Integer.SIZE | Integer.toUnsignedLong(found.checksum()))
                .orElse(0L);
        known.set(row, state);
        return state;
    }

    private static int stampOf(long state) {
        return (int) (state >>> Integer.SIZE);
    }

    private void readFully(ByteBuffer bytes, long from) throws IOException {
        long at = from;
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, at);
            if (read < 0) {
                throw new EOFException();
            }
            at += read;
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long from) throws IOException {
        long at = from;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** How much of the disk a file takes that nobody has open here. */
    static long usedBytes(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            Optional<RowLayout> layout = RowLayout.of(header(channel));
            if (layout.isEmpty() || channel.size() != layout.get().bytes()) {
                return Files.size(path);
            }
            RowFile file = new RowFile(path, layout.get(), channel);
            return file.usedBytes();
        }
    }
}

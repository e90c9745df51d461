package org.initlab.training.data.tables;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.initlab.training.data.files.FileStamp;
import org.initlab.training.data.files.ReadFault;
import org.initlab.training.spec.TrainingException;
import org.jspecify.annotations.Nullable;

/**
 * An Apache Parquet file.
 *
 * @param path where it is
 * @param name its path below {@code initlab.home}, for messages
 */
record ParquetFile(Path path, String name) implements TableFile {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    /** The footer's length and the magic word. */
    private static final int TAIL = 8;

    private static final int SMALL_BYTES = 4 << 20;
    private static final int SMALL_FIELDS = 1_000_000;

    @Override
    public Object stamp() {
        return FileStamp.of(path);
    }

    /** By its bytes, and by its fields, as a value that repeats takes next to none. */
    @Override
    public boolean isSmall() {
        try (FileChannel channel = FileChannel.open(path)) {
            FileMetaData footer = footer(channel);
            long bytes = footer.getRow_groups().stream()
                    .mapToLong(RowGroup::getTotal_byte_size)
                    .sum();
            return bytes <= SMALL_BYTES
                    && footer.getNum_rows() <= SMALL_FIELDS / footer.getSchema().size();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public TableReader open() {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path);
            return new ParquetReader(this, channel, footer(channel));
        } catch (IOException e) {
            close(channel);
            throw unreadable(e);
        } catch (TrainingException e) {
            close(channel);
            throw e;
        } catch (RuntimeException e) {
            close(channel);
            throw damaged(e);
        }
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // nothing was written
            }
        }
    }

    private FileMetaData footer(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 2 * TAIL) {
            throw damaged(null);
        }
        ByteBuffer tail = read(channel, size - TAIL, TAIL);
        int length = tail.getInt();
        byte[] magic = new byte[MAGIC.length];
        tail.get(magic);
        if (!Arrays.equals(magic, MAGIC) || length <= 0 || length > size - TAIL) {
            throw damaged(null);
        }
        byte[] footer = read(channel, size - TAIL - length, length).array();
        try {
            FileMetaData read = Util.readFileMetaData(new ByteArrayInputStream(footer));
            if (read.getSchema().isEmpty()) {
                throw damaged(null);
            }
            return read;
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }

    private TrainingException damaged(@Nullable Exception cause) {
        return new TrainingException(
                name + " is not a Parquet file, or it is damaged or encrypted; write it again", cause);
    }

    private TrainingException unreadable(IOException e) {
        return new TrainingException(
                "cannot read " + name + " (" + ReadFault.reason(e) + "); check the file and its permissions", e);
    }
}

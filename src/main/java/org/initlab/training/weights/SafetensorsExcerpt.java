package org.initlab.training.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.initlab.training.weights.SafetensorsHeader.Entry;

/** Some tensors of a safetensors file as a file of their own, whose bytes are copied and never all in memory. */
public final class SafetensorsExcerpt {
    private final FileChannel source;
    private final long dataStart;
    private final Collection<Long> counts;
    private final List<Entry> copied;
    private final byte[] header;
    private final long length;

    SafetensorsExcerpt(
            FileChannel source,
            long dataStart,
            List<Entry> chosen,
            Map<String, Long> counts,
            Map<String, String> metadata) {
        this.source = source;
        this.dataStart = dataStart;
        this.counts = counts.values();
        // PyTorch wants each element where a multiple of its size begins
        copied = chosen.stream()
                .sorted(Comparator.comparing((Entry entry) -> entry.dtype().size())
                        .reversed())
                .toList();
        List<Entry> entries = new ArrayList<>();
        long end = 0;
        for (String name : counts.keySet()) {
            entries.add(new Entry(name, DType.I64, new long[0], end, end + Long.BYTES));
            end += Long.BYTES;
        }
        for (Entry entry : copied) {
            long bytes = entry.end() - entry.begin();
            entries.add(new Entry(entry.name(), entry.dtype(), entry.shape(), end, end + bytes));
            end += bytes;
        }
        header = new SafetensorsHeader(metadata, entries).toBytes();
        length = header.length + end;
    }

    /** In bytes. */
    public long length() {
        return length;
    }

    /**
     * Writes the file.
     *
     * @param out flushed and left open
     * @throws IOException if the source cannot be read or {@code out} fails
     */
    public void writeTo(OutputStream out) throws IOException {
        out.write(header);
        for (long count : counts) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(count)
                    .array());
        }
        // closing it would close out
        WritableByteChannel target = Channels.newChannel(out);
        for (Entry entry : copied) {
            copy(dataStart + entry.begin(), dataStart + entry.end(), target);
        }
        out.flush();
    }

    private void copy(long begin, long end, WritableByteChannel target) throws IOException {
        for (long at = begin; at < end; ) {
            long copiedBytes = source.transferTo(at, end - at, target);
            if (copiedBytes <= 0) {
                throw new IOException("the source became shorter");
            }
            at += copiedBytes;
        }
    }
}

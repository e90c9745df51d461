package org.initlab.training.weights;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.initlab.training.weights.SafetensorsHeader.Entry;
import org.initlab.training.weights.StateDict.Tensor;

/** An open safetensors file of which parts are wanted; it stays readable when its name is deleted. */
public final class SafetensorsSource {
    private final FileChannel file;
    private final SafetensorsHeader header;
    private final long dataStart;

    private SafetensorsSource(FileChannel file, SafetensorsHeader header) throws IOException {
        this.file = file;
        this.header = header;
        List<Entry> entries = header.entries();
        dataStart = file.size()
                - (entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end());
    }

    /**
     * Reads a file's header.
     *
     * @param file borrowed
     * @throws IOException if it cannot be read or is not sound
     */
    public static SafetensorsSource of(FileChannel file) throws IOException {
        return new SafetensorsSource(file, Safetensors.readHeader(startingAt(file, 0), file.size()));
    }

    /** Not to be closed: that would close the file. */
    private static InputStream startingAt(FileChannel file, long position) throws IOException {
        return new BufferedInputStream(Channels.newInputStream(file.position(position)));
    }

    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** In the order of their data. */
    public List<String> names() {
        return header.entries().stream().map(Entry::name).toList();
    }

    /** Reads one tensor; empty if the file has none of that name. */
    public Optional<Tensor> read(String name) throws IOException {
        for (Entry entry : header.entries()) {
            if (entry.name().equals(name)) {
                int elements = new ElementBudget().take(name, ElementBudget.elements(name, entry.shape()));
                float[] values = entry.dtype().read(startingAt(file, dataStart + entry.begin()), elements);
                return Optional.of(
                        new Tensor(entry.shape(), values, entry.dtype().kept()));
            }
        }
        return Optional.empty();
    }

    /**
     * Some of the tensors as a file of their own.
     *
     * @param chosen tells by a tensor's name whether it is one of them
     * @param counts scalars of int64 to add, by name
     */
    public SafetensorsExcerpt excerpt(
            Predicate<String> chosen, Map<String, Long> counts, Map<String, String> metadata) {
        List<Entry> copied = header.entries().stream()
                .filter(entry -> chosen.test(entry.name()))
                .toList();
        return new SafetensorsExcerpt(file, dataStart, copied, counts, metadata);
    }
}

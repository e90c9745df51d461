package org.initlab.training;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.initlab.training.engine.HostMemory;

/** The memory of batches, used again and again, as it takes long to allocate. Thread-safe. */
final class Buffers implements AutoCloseable {
    private final HostMemory memory;
    /** By size. */
    private final List<HostMemory.Piece> free = new ArrayList<>();

    /**
     * Starts without any.
     *
     * @param device where the batches go
     */
    Buffers(Device device) {
        memory = new HostMemory(device);
    }

    /** Returns memory whose buffer has room for so many bytes; {@link #release} takes it back. */
    synchronized HostMemory.Piece take(int bytes) {
        for (int i = 0; i < free.size(); i++) {
            if (free.get(i).bytes().capacity() >= bytes) {
                HostMemory.Piece piece = free.remove(i);
                piece.bytes().clear().limit(bytes);
                return piece;
            }
        }
        if (!free.isEmpty()) {
            free.remove(0).close();
        }
        return memory.allocate(bytes);
    }

    /** Takes back memory that no array is made of any more. */
    synchronized void release(HostMemory.Piece piece) {
        free.add(piece);
        free.sort(Comparator.comparing(it -> it.bytes().capacity()));
    }

    /** Frees it all. */
    @Override
    public void close() {
        memory.close();
    }
}

package org.initlab.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The memory of batches, used again and again: what Java's direct buffers take is returned only when the garbage collector finds
 * them, which may be when as much as the whole heap has gathered. Thread-safe.
 */
final class Buffers {
    /** By size. */
    private final List<ByteBuffer> free = new ArrayList<>();

    /** Returns a direct buffer of so many bytes, in the system's byte order; {@link #release} takes it back. */
    synchronized ByteBuffer take(int bytes) {
        for (ByteBuffer buffer : free) {
            if (buffer.capacity() >= bytes) {
                free.remove(buffer);
                return buffer.clear().limit(bytes);
            }
        }
        if (!free.isEmpty()) {
            free.remove(0);
        }
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Takes back a buffer that no array is made of any more. */
    synchronized void release(ByteBuffer buffer) {
        free.add(buffer);
        free.sort(Comparator.comparing(ByteBuffer::capacity));
    }
}

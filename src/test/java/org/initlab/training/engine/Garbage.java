package org.initlab.training.engine;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;

/** Java's garbage, such as direct buffers that nothing in Java refers to. */
public final class Garbage {
    /** The second is enqueued only after the memory of all buffers that the first collection found has been freed. */
    private static final int COLLECTIONS = 2;

    private Garbage() {}

    /** Frees the memory of direct buffers that are out of reach. */
    public static void collect() {
        for (int i = 0; i < COLLECTIONS; i++) {
            ReferenceQueue<Object> queue = new ReferenceQueue<>();
            Reference<Object> sentinel = new PhantomReference<>(new Object(), queue);
            do {
                System.gc();
            } while (!isEnqueued(queue));
            sentinel.clear();
        }
    }

    private static boolean isEnqueued(ReferenceQueue<Object> queue) {
        try {
            return queue.remove(50) != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package org.initlab.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How long each kind of operation took, from any thread. */
public final class OperationTimes {
    private static final double NANOS_A_MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final Map<String, ConcurrentLinkedQueue<Long>> nanos = new ConcurrentHashMap<>();

    public void add(String operation, long took) {
        nanos.computeIfAbsent(operation, any -> new ConcurrentLinkedQueue<>()).add(took);
    }

    public void of(String operation, Runnable work) {
        of(operation, () -> {
            work.run();
            return null;
        });
    }

    public <T> T of(String operation, Supplier<T> work) {
        long begun = System.nanoTime();
        T result = work.get();
        add(operation, System.nanoTime() - begun);
        return result;
    }

    /** By operation, all since this was last asked. */
    Map<String, Latencies> take() {
        Map<String, Latencies> taken = new TreeMap<>();
        for (String operation : List.copyOf(nanos.keySet())) {
            taken.put(
                    operation,
                    new Latencies(nanos.remove(operation).stream()
                            .mapToDouble(took -> took / NANOS_A_MILLISECOND)
                            .toArray()));
        }
        return taken;
    }
}

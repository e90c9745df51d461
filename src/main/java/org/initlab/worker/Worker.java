package org.initlab.worker;

import java.time.Duration;
import java.util.UUID;

/**
 * This process in its role as a worker.
 *
 * @param id new at each start
 * @param name what runs show as their worker
 * @param host where it runs
 * @param device {@code cpu} or {@code cuda:0}
 * @param threads PyTorch's intra-op threads
 * @param maxAttempts how many attempts in a row may get no further before a run fails
 * @param memoryKept how long the memory of a run is kept for the next one
 */
public record Worker(
        UUID id, String name, String host, String device, int threads, int maxAttempts, Duration memoryKept) {

    /** The kind of its device, as a run may require it: {@code cpu} or {@code cuda}. */
    public String deviceType() {
        return device.split(":", 2)[0];
    }
}

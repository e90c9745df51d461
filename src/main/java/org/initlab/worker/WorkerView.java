package org.initlab.worker;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A worker as it is shown.
 *
 * @param name what runs show as their worker
 * @param device {@code cpu} or {@code cuda:0}
 * @param threads PyTorch's intra-op threads
 * @param state {@code SILENT} if it has sent no heartbeat for a lease: it is dead, frozen or cut off
 * @param run what it trains; {@code null} if it is idle
 * @param lastHeartbeat when it last showed that it is alive
 */
public record WorkerView(
        String name,
        String host,
        String device,
        int threads,
        State state,
        @Nullable RunReference run,
        Instant startedAt,
        Instant lastHeartbeat) {

    /** Whether it shows that it is alive. */
    public enum State {
        LIVE,
        SILENT
    }

    /** The run that a worker trains. */
    public record RunReference(UUID id, UUID experimentId) {}
}

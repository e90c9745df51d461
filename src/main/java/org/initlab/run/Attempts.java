package org.initlab.run;

import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.initlab.worker.Worker;
import org.jspecify.annotations.Nullable;

/**
 * How often workers have taken a run, and which of them has it.
 *
 * @param attempt how often; the fencing token of the worker that has the run
 * @param fruitlessAttempts how many attempts in a row, up to now, got no further than the checkpoint they started from
 * @param threads PyTorch's intra-op threads, set by the first attempt: on the CPU, results depend on their number
 * @param device of the last worker
 * @param worker the name of the last worker; {@code null} after it has let go
 * @param startedAt when the first attempt began
 */
@Embeddable
record Attempts(
        int attempt,
        int fruitlessAttempts,
        @Nullable Integer threads,
        @Nullable String device,
        @Nullable String worker,
        @Nullable Instant startedAt) {
    static final Attempts NONE = new Attempts(0, 0, null, null, null, null);

    /**
     * The next attempt; fruitless until it gets somewhere.
     *
     * @param threadsAtFirst PyTorch's threads if it is the first
     */
    Attempts next(Worker by, int threadsAtFirst, Instant now) {
        return new Attempts(
                attempt + 1,
                fruitlessAttempts + 1,
                threads == null ? Integer.valueOf(threadsAtFirst) : threads,
                by.device(),
                by.name(),
                startedAt == null ? now : startedAt);
    }

    Attempts fruitful() {
        return new Attempts(attempt, 0, threads, device, worker, startedAt);
    }

    Attempts withoutWorker() {
        return new Attempts(attempt, fruitlessAttempts, threads, device, null, startedAt);
    }
}

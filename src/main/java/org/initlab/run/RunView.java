package org.initlab.run;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.initlab.training.spec.BiasInit;
import org.jspecify.annotations.Nullable;

/**
 * A run as it stands; fields that are not known yet are {@code null}.
 *
 * @param attempts how often a worker took it
 * @param failure why it failed or diverged
 * @param pauseRequested whether it pauses at its next checkpoint
 * @param waitingFor what a queued run lacks that no worker can give it now
 * @param warnings what did not go as it should, as a damaged checkpoint
 */
public record RunView(
        UUID id,
        UUID experimentId,
        String arm,
        int armIndex,
        int trial,
        BiasInit biasInit,
        Double biasValue,
        long seed,
        RunState state,
        int attempts,
        int epochsDone,
        int epochsTotal,
        Integer threads,
        @Nullable String device,
        @Nullable String worker,
        @Nullable String failure,
        boolean pauseRequested,
        @Nullable String waitingFor,
        List<String> warnings,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {}

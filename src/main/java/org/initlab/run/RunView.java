package org.initlab.run;

import java.time.Instant;
import java.util.UUID;
import org.initlab.training.BiasInit;

/** A run as it stands; fields that are not known yet are {@code null}. */
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
        String device,
        String worker,
        String failure,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt) {}

package org.initlab.retention;

import java.time.Instant;
import java.util.UUID;

/**
 * What is removed as a whole: a finished experiment of no study, or a study all of whose experiments are finished, that
 * nobody wants kept.
 *
 * @param revision grows with every change of one of its experiments
 * @param finishedAt when its last experiment ended
 * @param experiments how many it has
 * @param hasCheckpoints whether retention has not removed the checkpoints of all of them
 */
record Finished(
        Removable kind,
        UUID id,
        String name,
        long revision,
        Instant finishedAt,
        int experiments,
        boolean hasCheckpoints) {}

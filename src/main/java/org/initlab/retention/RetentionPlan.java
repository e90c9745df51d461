package org.initlab.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the settings remove at one moment.
 *
 * @param age how long a finished experiment stays; {@code null} for ever
 * @param experiments how many finished ones stay; {@code null} for all
 * @param checkpointAge how long their checkpoints stay; {@code null} as long as themselves
 */
record RetentionPlan(@Nullable Duration age, @Nullable Integer experiments, @Nullable Duration checkpointAge) {
    /** Something that goes, or whose checkpoints go. */
    record Removal(Finished what, RemovalReason reason) {
        boolean ofCheckpointsOnly() {
            return reason == RemovalReason.CHECKPOINT_AGE;
        }
    }

    static RetentionPlan of(RetentionProperties settings) {
        return new RetentionPlan(settings.age(), settings.experiments(), settings.checkpointAge());
    }

    /**
     * What goes: what is too old, and what has finished before as many others as may stay. A study goes as a whole, once the
     * ones that finished after it fill the room.
     *
     * @param newestFirst all that is finished and not kept
     */
    List<Removal> removals(List<Finished> newestFirst, Instant now) {
        List<Removal> removals = new ArrayList<>();
        long newer = 0;
        for (Finished finished : newestFirst) {
            if (isOlder(finished, age, now)) {
                removals.add(new Removal(finished, RemovalReason.AGE));
            } else if (experiments != null && newer >= experiments) {
                removals.add(new Removal(finished, RemovalReason.EXPERIMENTS));
            } else if (finished.hasCheckpoints() && isOlder(finished, checkpointAge, now)) {
                removals.add(new Removal(finished, RemovalReason.CHECKPOINT_AGE));
            }
            newer += finished.experiments();
        }
        return removals;
    }

    private static boolean isOlder(Finished finished, @Nullable Duration limit, Instant now) {
        return limit != null && finished.finishedAt().isBefore(now.minus(limit));
    }
}

package org.initlab.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.initlab.retention.RetentionPlan.Removal;
import org.jspecify.annotations.Nullable;

/**
 * What retention removes, as it is served.
 *
 * @param age how long an experiment stays after it has finished; {@code null} for ever
 * @param experiments how many finished experiments stay; {@code null} for all
 * @param checkpointAge how long their checkpoints stay; {@code null} as long as themselves
 * @param removals what goes when the service looks next, what finished last first
 */
public record RetentionView(
        @Nullable Duration age,
        @Nullable Integer experiments,
        @Nullable Duration checkpointAge,
        List<RemovalView> removals) {
    /**
     * An experiment or a study that goes.
     *
     * @param experiments how many it has
     * @param onlyCheckpoints whether its results stay
     * @param reason the setting that it breaks
     */
    public record RemovalView(
            Removable kind,
            UUID id,
            String name,
            Instant finishedAt,
            int experiments,
            boolean onlyCheckpoints,
            RemovalReason reason) {
        static RemovalView of(Removal removal) {
            Finished what = removal.what();
            return new RemovalView(
                    what.kind(),
                    what.id(),
                    what.name(),
                    what.finishedAt(),
                    what.experiments(),
                    removal.ofCheckpointsOnly(),
                    removal.reason());
        }
    }

    static RetentionView of(RetentionProperties settings, List<Removal> removals) {
        return new RetentionView(
                settings.age(),
                settings.experiments(),
                settings.checkpointAge(),
                removals.stream().map(RemovalView::of).toList());
    }
}

package org.initlab.run;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.initlab.training.spec.BiasInit;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is shown; what is not known yet is {@code null}.
 *
 * @param attempts how often a worker has taken it
 * @param failure why it failed or diverged
 * @param pauseRequested whether it pauses at its next checkpoint
 * @param waitingFor what a queued run needs that no worker has now
 * @param preparing how far its images are decoded; {@code null} unless it is running and some are not
 * @param warnings what went wrong without ending the run, such as a damaged checkpoint
 * @param links paths of this service that serve the rest
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
        @Nullable Preparing preparing,
        List<String> warnings,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        RunLinks links) {

    /** Paths of this service that serve the rest of a run. */
    public record RunLinks(String self, String steps, String weights, String predictions) {
        static RunLinks of(UUID experimentId, UUID runId) {
            String self = "/experiments/" + experimentId + "/runs/" + runId;
            return new RunLinks(self, self + "/steps", self + "/weights.safetensors", self + "/predictions.csv");
        }
    }
}

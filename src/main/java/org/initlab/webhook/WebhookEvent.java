package org.initlab.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.initlab.experiment.ExperimentState;
import org.jspecify.annotations.Nullable;

/**
 * What happened, as far as it must not depend on what happens later: the experiment may be extended or deleted before a receiver
 * hears of its end.
 *
 * @param id goes along as {@code webhook-id}
 * @param subject the experiment or study
 * @param studyId of an experiment that is a point of a study
 */
record WebhookEvent(
        UUID id, Type type, UUID subject, String name, ExperimentState state, @Nullable UUID studyId, Instant at) {

    enum Type {
        @JsonProperty("experiment.ended")
        EXPERIMENT_ENDED,
        @JsonProperty("study.ended")
        STUDY_ENDED
    }
}

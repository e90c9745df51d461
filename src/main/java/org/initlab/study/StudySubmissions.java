package org.initlab.study;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Optional;
import java.util.UUID;
import org.initlab.experiment.IdempotencyKeys;
import org.initlab.experiment.IdempotencyKeys.Owner;
import org.initlab.platform.problem.InvalidRequestException;
import org.springframework.stereotype.Component;

/** Takes a study from JSON to stored experiments. */
@Component
public class StudySubmissions {
    private final StudyChecks checks;
    private final StudyService studies;
    private final StudyQueries queries;
    private final IdempotencyKeys keys;
    private final ObservationRegistry observations;

    StudySubmissions(
            StudyChecks checks,
            StudyService studies,
            StudyQueries queries,
            IdempotencyKeys keys,
            ObservationRegistry observations) {
        this.checks = checks;
        this.studies = studies;
        this.queries = queries;
        this.keys = keys;
        this.observations = observations;
    }

    /**
     * Submits a study: all of its points, or none.
     *
     * @param json the study as it came
     * @param idempotencyKey the client's name for this submission; the same one again answers with the same study
     * @throws InvalidRequestException with all that is wrong with it
     */
    public StudyView submit(byte[] json, Optional<String> idempotencyKey) {
        UUID id = Observation.createNotStarted("initlab.submit.study", observations)
                .observe(() ->
                        keys.once(Owner.STUDY, idempotencyKey, json, key -> studies.submit(checks.check(json), key)));
        return queries.get(id);
    }
}

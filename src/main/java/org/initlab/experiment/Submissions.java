package org.initlab.experiment;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Optional;
import org.initlab.experiment.IdempotencyKeys.Owner;
import org.initlab.platform.problem.InvalidRequestException;
import org.springframework.stereotype.Component;

/** Takes a spec from JSON to a stored experiment. */
@Component
public class Submissions {
    private final SpecChecks checks;
    private final ExperimentService experiments;
    private final IdempotencyKeys keys;
    private final ExperimentQueries queries;
    private final ObservationRegistry observations;

    Submissions(
            SpecChecks checks,
            ExperimentService experiments,
            IdempotencyKeys keys,
            ExperimentQueries queries,
            ObservationRegistry observations) {
        this.checks = checks;
        this.experiments = experiments;
        this.keys = keys;
        this.queries = queries;
        this.observations = observations;
    }

    /**
     * Submits a spec.
     *
     * @param json the spec as it came
     * @param idempotencyKey the client's name for this submission; the same one again answers with the same experiment
     * @throws InvalidRequestException with all that is wrong with it
     */
    public ExperimentView submit(byte[] json, Optional<String> idempotencyKey) {
        return Observation.createNotStarted("initlab.submit", observations)
                .observe(() -> queries.get(keys.once(
                        Owner.EXPERIMENT,
                        idempotencyKey,
                        json,
                        key -> experiments.submit(checks.check(json).orThrow(), key))));
    }
}

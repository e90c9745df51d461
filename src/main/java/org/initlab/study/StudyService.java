package org.initlab.study;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.initlab.experiment.ExperimentService;
import org.initlab.experiment.IdempotencyKeys;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Stores studies. */
@Service
@Transactional
class StudyService {
    private final StudyTable studies;
    private final ExperimentService experiments;
    private final IdempotencyKeys keys;
    private final Clock clock;

    StudyService(StudyTable studies, ExperimentService experiments, IdempotencyKeys keys, Clock clock) {
        this.studies = studies;
        this.experiments = experiments;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Stores a study with its experiments and queues their runs, all or nothing.
     *
     * @param key of the submission, if the client gave one
     */
    UUID submit(StudyChecks.Checked study, Optional<IdempotencyKeys.Key> key) {
        UUID id = studies.insert(study, clock.instant());
        key.ifPresent(given -> keys.take(given, id));
        experiments.submitStudy(id, study.points());
        return id;
    }
}

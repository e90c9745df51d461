package org.initlab.study;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.initlab.experiment.ExperimentEnded;
import org.initlab.experiment.ExperimentState;
import org.initlab.experiment.StudyPoints;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells when a study ends: with the last of its points, at the end of the transaction in which that ends. */
@Component
class StudyEnds {
    private final StudyTable studies;
    private final StudyPoints points;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    StudyEnds(StudyTable studies, StudyPoints points, ApplicationEventPublisher events, Clock clock) {
        this.studies = studies;
        this.points = points;
        this.events = events;
        this.clock = clock;
    }

    @EventListener
    void on(ExperimentEnded point) {
        if (point.studyId() != null) {
            TransactionSynchronizationManager.registerSynchronization(new Look(this, point.studyId()));
        }
    }

    /** Equal ones are one: a study is looked at once, however many of its points end in the transaction. */
    private record Look(StudyEnds ends, UUID study) implements TransactionSynchronization {
        @Override
        public void beforeCommit(boolean readOnly) {
            ends.look(study);
        }
    }

    private void look(UUID study) {
        // of two points that end at the same time, the second has to see that the first has
        studies.lock(study).ifPresent(name -> {
            List<ExperimentState> states = points.states(study);
            if (states.stream().allMatch(ExperimentState::isFinal)) {
                events.publishEvent(new StudyEnded(study, name, ExperimentState.ofAll(states), clock.instant()));
            }
        });
    }
}

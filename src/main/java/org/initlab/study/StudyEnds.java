package org.initlab.study;

import java.util.List;
import org.initlab.experiment.ExperimentEnded;
import org.initlab.experiment.ExperimentState;
import org.initlab.experiment.StudyPoints;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells when a study ends: with the last of its points. */
@Component
class StudyEnds {
    private final StudyTable studies;
    private final StudyPoints points;
    private final ApplicationEventPublisher events;

    StudyEnds(StudyTable studies, StudyPoints points, ApplicationEventPublisher events) {
        this.studies = studies;
        this.points = points;
        this.events = events;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(ExperimentEnded point) {
        if (point.studyId() == null) {
            return;
        }
        // of two points that end at the same time, the second has to see that the first has
        studies.lock(point.studyId()).ifPresent(name -> {
            List<ExperimentState> states = points.states(point.studyId());
            if (states.stream().allMatch(ExperimentState::isFinal)) {
                events.publishEvent(new StudyEnded(point.studyId(), name, ExperimentState.ofAll(states), point.at()));
            }
        });
    }
}

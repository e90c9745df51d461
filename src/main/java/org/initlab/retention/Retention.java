package org.initlab.retention;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.initlab.experiment.LifeCycle;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.problem.ConflictException;
import org.initlab.platform.problem.NotFoundException;
import org.initlab.retention.RetentionPlan.Removal;
import org.initlab.study.StudyLifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes what the settings no longer keep. Several processes may do so at once: each removal is one transaction. */
@Component
@ConditionalOnRole(Role.API)
@EnableConfigurationProperties(RetentionProperties.class)
public class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private final RetentionProperties settings;
    private final FinishedTable finished;
    private final LifeCycle experiments;
    private final StudyLifeCycle studies;
    private final Clock clock;

    Retention(
            RetentionProperties settings,
            FinishedTable finished,
            LifeCycle experiments,
            StudyLifeCycle studies,
            Clock clock) {
        this.settings = settings;
        this.finished = finished;
        this.experiments = experiments;
        this.studies = studies;
        this.clock = clock;
    }

    /** What would be removed now. */
    public RetentionView view() {
        return RetentionView.of(settings, removals());
    }

    private List<Removal> removals() {
        return settings.isOn()
                ? RetentionPlan.of(settings).removals(finished.newestFirst(), clock.instant())
                : List.of();
    }

    @Scheduled(
            initialDelayString = "${initlab.retention.interval:1h}",
            fixedDelayString = "${initlab.retention.interval:1h}")
    void remove() {
        removals().forEach(this::remove);
    }

    private void remove(Removal removal) {
        Finished what = removal.what();
        String name = what.kind().name().toLowerCase(Locale.ROOT) + " " + what.id() + " (" + what.name() + ")";
        try {
            if (removal.ofCheckpointsOnly()) {
                apply(what, experiments::removeCheckpoints, studies::removeCheckpoints);
                log.info("Removed the checkpoints of the {}, finished at {}", name, what.finishedAt());
            } else {
                apply(what, experiments::delete, studies::delete);
                log.info("Removed the {}, finished at {}", name, what.finishedAt());
            }
        } catch (ConflictException | NotFoundException e) {
            log.info("The {} stays for now: {}", name, e.getMessage());
        }
    }

    /** Somebody may have extended it, or want it kept, since the plan was made. */
    private void apply(Finished what, Consumer<UUID> ofExperiment, Consumer<UUID> ofStudy) {
        LongConsumer unchanged = revision -> {
            if (revision != what.revision()) {
                throw new ConflictException("it has changed");
            }
        };
        switch (what.kind()) {
            case EXPERIMENT -> experiments.provided(what.id(), unchanged, ofExperiment);
            case STUDY -> studies.provided(what.id(), unchanged, ofStudy);
        }
    }
}

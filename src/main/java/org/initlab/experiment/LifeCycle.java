package org.initlab.experiment;

import static org.initlab.text.Counts.counted;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.initlab.platform.problem.ConflictException;
import org.initlab.platform.problem.NotFoundException;
import org.initlab.queue.RunQueue;
import org.initlab.run.QueuedRun;
import org.initlab.run.RunCommands;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What users do with stored experiments. Each verb is idempotent and locks the runs first, so that the database decides a
 * race with a worker or another user. Throws {@link NotFoundException} if there is no such experiment, {@link
 * ConflictException} if its state forbids the verb.
 */
@Service
@Transactional
public class LifeCycle {
    private final Experiments experiments;
    private final RunCommands runs;
    private final RunQueue queue;
    private final ApplicationEventPublisher events;
    private final Revisions revisions;
    private final EntityManager entities;
    private final Clock clock;

    LifeCycle(
            Experiments experiments,
            RunCommands runs,
            RunQueue queue,
            ApplicationEventPublisher events,
            Revisions revisions,
            EntityManager entities,
            Clock clock) {
        this.entities = entities;
        this.clock = clock;
        this.experiments = experiments;
        this.runs = runs;
        this.queue = queue;
        this.events = events;
        this.revisions = revisions;
    }

    /**
     * Applies a verb if the experiment is as the caller knows it. What the verb itself refuses comes first, so the verb
     * runs before the revision is checked, and a failed check undoes it.
     *
     * @param check called with the experiment's revision before the verb; throws if it is not the caller's
     */
    public void provided(UUID id, LongConsumer check, Consumer<UUID> verb) {
        runs.lock(id);
        Optional<Long> revision = experiments.lock(id).map(Experiment::revision);
        verb.accept(id);
        revision.ifPresent(check::accept);
    }

    /** Keeps workers and other users from changing the points of a study until the caller's transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lockPoints(UUID study) {
        runs.lock(experiments.points(study));
        experiments.lockPoints(study);
    }

    /** Cancels points of a study that are locked, and not finished. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void cancelPoints(Collection<UUID> ids) {
        queue.withdraw(runs.cancelAll(ids));
    }

    /** Pauses points of a study that are locked, and not finished. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void pausePoints(Collection<UUID> ids) {
        queue.withdraw(runs.pauseAll(ids));
    }

    /** Undoes a pause of points of a study that are locked, and not finished. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void resumePoints(Collection<UUID> ids) {
        enqueue(runs.resumeAll(ids));
    }

    /** Changes the place in the queue of points of a study that are locked, and not finished. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void prioritisePoints(Collection<UUID> ids, int priority) {
        queue.move(runs.queued(ids), priority);
        each(ids, id -> change(id, experiment -> experiment.prioritise(priority)));
    }

    /** Applies a verb to several experiments in the caller's transaction, without keeping in memory what is done with. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void each(Collection<UUID> ids, Consumer<UUID> verb) {
        for (UUID id : ids) {
            verb.accept(id);
            // each query checks all rows in memory for changes
            entities.flush();
            entities.clear();
        }
    }

    /** Cancels what is not finished. */
    public void cancel(UUID id) {
        ExperimentState state = lock(id);
        require(!state.isFinal() || state == ExperimentState.CANCELLED, state, "cancelled");
        cancelPoints(List.of(id));
    }

    /** Pauses what is queued at once, and what runs at its next checkpoint. */
    public void pause(UUID id) {
        ExperimentState state = lock(id);
        require(!state.isFinal(), state, "paused");
        pausePoints(List.of(id));
    }

    /** Undoes a pause. */
    public void resume(UUID id) {
        ExperimentState state = lock(id);
        require(!state.isFinal(), state, "resumed");
        resumePoints(List.of(id));
    }

    /** Lets failed and diverged runs continue from their last checkpoints; nothing else changes. */
    public void retry(UUID id) {
        ExperimentState state = lock(id);
        require(state != ExperimentState.CANCELLED, state, "retried");
        List<QueuedRun> retried = runs.retryAll(id);
        if (retried.isEmpty() && state.isFinal()) {
            throw new ConflictException("no run of the experiment failed or diverged: there is nothing to retry");
        }
        if (!retried.isEmpty()) {
            requireCheckpoints(id, "retried");
        }
        enqueue(retried);
    }

    /**
     * Raises the number of epochs: every run continues from its last checkpoint, as if that many had been asked for from
     * the start. Failed and diverged runs need a retry to continue.
     *
     * @param epochs at least as many as the experiment has
     */
    public void extend(UUID id, int epochs) {
        ExperimentState state = lock(id);
        require(state != ExperimentState.CANCELLED, state, "extended");
        Experiment experiment = experiments.findById(id).orElseThrow(() -> ExperimentQueries.notFound(id));
        int before = experiment.spec().training().epochs();
        if (epochs < before) {
            throw new ConflictException(
                    "the experiment has " + counted(before, "epoch") + " already; it cannot be shortened");
        }
        if (epochs > before && experiment.spec().training().schedule().dependsOnTheRunsEpochs()) {
            throw new ConflictException("the learning rate falls to 0 over the experiment's "
                    + counted(before, "epoch") + ", so more of them would have"
                    + " changed those that are done; post a new experiment, with training.schedule.epochs if it"
                    + " is to be extended later");
        }
        if (epochs > before) {
            requireCheckpoints(id, "extended");
            enqueue(runs.extendAll(id, epochs));
            change(id, locked -> locked.extend(epochs));
        }
    }

    /** Changes what is given. */
    public void change(UUID id, Change change) {
        if (change.required().priority() != null) {
            prioritise(id, change.priority());
        }
        if (change.keep() != null) {
            keep(id, change.keep());
        }
    }

    /** Has retention leave the experiment alone, or not. */
    public void keep(UUID id, boolean keep) {
        lock(id);
        change(id, experiment -> experiment.keep(keep));
    }

    /** Changes the place in the queue of an experiment's runs, those that wait now and those that will. */
    public void prioritise(UUID id, int priority) {
        ExperimentState state = lock(id);
        require(!state.isFinal(), state, "moved in the queue");
        queue.move(runs.queued(List.of(id)), priority);
        change(id, experiment -> experiment.prioritise(priority));
    }

    /** Removes a finished experiment's checkpoints: its results stay, but it cannot be extended or retried any more. */
    public void removeCheckpoints(UUID id) {
        ExperimentState state = lock(id);
        require(state.isFinal(), state, "stripped of its checkpoints");
        runs.removeCheckpoints(id);
        change(id, experiment -> experiment.checkpointsRemoved(clock.instant()));
    }

    /** Removes a finished experiment and everything stored for it. */
    public void delete(UUID id) {
        ExperimentState state = lock(id);
        if (!state.isFinal()) {
            throw new ConflictException(
                    "the experiment is " + state + "; cancel it first: only a finished one can be deleted");
        }
        experiments.study(id).ifPresent(study -> {
            throw new ConflictException(
                    "the experiment is a point of the study " + study + ": delete the study, with all of its points");
        });
        remove(id);
    }

    /** Removes the points of a study that is being deleted, each of them finished, and everything stored for them. */
    public void deletePoints(Collection<UUID> ids) {
        each(ids, this::remove);
    }

    private void remove(UUID id) {
        runs.forgetAll(id);
        experiments.delete(id);
        revisions.forgetOnCommit(id);
    }

    private void requireCheckpoints(UUID id, String verb) {
        experiments.findById(id).map(Experiment::checkpointsRemovedAt).ifPresent(removed -> {
            throw new ConflictException("the checkpoints of the experiment were removed on " + removed
                    + " by initlab.retention.checkpoint-age, so it cannot be " + verb
                    + ": post its spec again as a new experiment");
        });
    }

    private void change(UUID id, Consumer<Experiment> verb) {
        experiments.lock(id).ifPresent(experiment -> {
            verb.accept(experiment);
            events.publishEvent(experiment.changed());
        });
    }

    private ExperimentState lock(UUID id) {
        runs.lock(id);
        return experiments.state(id).orElseThrow(() -> ExperimentQueries.notFound(id));
    }

    private void enqueue(List<QueuedRun> queued) {
        Map<UUID, List<QueuedRun>> byExperiment =
                queued.stream().collect(Collectors.groupingBy(QueuedRun::experimentId));
        queue.enqueue(experiments.lockAll(byExperiment.keySet()).stream()
                .map(experiment -> new RunQueue.Entries(
                        byExperiment.get(experiment.id()), experiment.priority(), experiment.createdAt()))
                .toList());
    }

    private static void require(boolean allowed, ExperimentState state, String verb) {
        if (!allowed) {
            throw new ConflictException("the experiment is " + state + "; it cannot be " + verb);
        }
    }
}

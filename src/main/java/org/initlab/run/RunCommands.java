package org.initlab.run;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.initlab.platform.database.AfterCommit;
import org.initlab.run.RunEvent.StateChanged;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What users do with runs; part of the caller's transaction, locking the runs before anything else. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class RunCommands {
    private final Runs runs;
    private final CheckpointTable checkpoints;
    private final CheckpointStore files;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RunCommands(
            Runs runs,
            CheckpointTable checkpoints,
            CheckpointStore files,
            ApplicationEventPublisher events,
            Clock clock) {
        this.runs = runs;
        this.checkpoints = checkpoints;
        this.files = files;
        this.events = events;
        this.clock = clock;
    }

    /** Stores runs as queued, in the given order; returns their places in the queue in the same order. */
    public List<QueuedRun> create(List<NewRun> orders) {
        Instant now = clock.instant();
        return orders.stream()
                .map(order -> runs.save(new Run(order, now)).queued())
                .toList();
    }

    /** Keeps workers and other users from changing the runs of an experiment until the transaction ends. */
    public void lock(UUID experimentId) {
        runs.lockAll(experimentId);
    }

    /** The runs that wait for a worker. */
    public List<QueuedRun> queued(UUID experimentId) {
        return runs.lockAll(experimentId).stream()
                .filter(run -> run.state() == RunState.QUEUED)
                .map(Run::queued)
                .toList();
    }

    /**
     * Cancels what is not finished; workers of cancelled runs stop within a second or a training step. Returns the runs
     * to be taken out of the queue.
     */
    public List<QueuedRun> cancelAll(UUID experimentId) {
        List<QueuedRun> queued = queued(experimentId);
        List<Run> cancelled = change(experimentId, run -> run.cancel(clock.instant()));
        cancelled.forEach(run -> checkpoints.removeAll(run.id()));
        AfterCommit.run(() -> cancelled.forEach(run -> files.remove(run.id())));
        return queued;
    }

    /** Pauses what is queued at once, and what runs as soon as its worker has checkpointed; returns what was queued. */
    public List<QueuedRun> pauseAll(UUID experimentId) {
        return entries(change(experimentId, Run::pause));
    }

    /** Takes a pause back; returns the runs to be queued. */
    public List<QueuedRun> resumeAll(UUID experimentId) {
        return entries(change(experimentId, Run::resume));
    }

    /** Gives the failed and diverged runs a new chance from their last checkpoints; returns them, to be queued. */
    public List<QueuedRun> retryAll(UUID experimentId) {
        return entries(change(experimentId, Run::retry));
    }

    /** Raises the number of epochs; returns the finished runs that go on, to be queued. */
    public List<QueuedRun> extendAll(UUID experimentId, int epochs) {
        return entries(change(experimentId, run -> run.extend(epochs)));
    }

    /** Puts all runs through a transition and tells of those that it changed; returns those for which it was true. */
    private List<Run> change(UUID experimentId, Predicate<Run> transition) {
        List<Run> chosen = new ArrayList<>();
        List<RunView> changed = new ArrayList<>();
        for (Run run : runs.lockAll(experimentId)) {
            RunView before = run.view();
            if (transition.test(run)) {
                chosen.add(run);
            }
            if (!run.view().equals(before)) {
                changed.add(run.view());
            }
        }
        if (!changed.isEmpty()) {
            events.publishEvent(new StateChanged(experimentId, changed));
        }
        return chosen;
    }

    private static List<QueuedRun> entries(List<Run> chosen) {
        return chosen.stream().map(Run::queued).toList();
    }

    /** Removes the checkpoints of an experiment that is being deleted, once it is. */
    public void forgetAll(UUID experimentId) {
        List<UUID> ids = runs.lockAll(experimentId).stream().map(Run::id).toList();
        AfterCommit.run(() -> ids.forEach(files::remove));
    }
}

package org.initlab.run;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.initlab.platform.database.AfterCommit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What users do with runs; part of the caller's transaction, and locks the runs before anything else. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class RunCommands {
    private final Runs runs;
    private final NewRuns newRuns;
    private final ChangedRuns changedRuns;
    private final CheckpointTable checkpoints;
    private final CheckpointStore files;
    private final RunAnnouncer announcer;
    private final Clock clock;

    RunCommands(
            Runs runs,
            NewRuns newRuns,
            ChangedRuns changedRuns,
            CheckpointTable checkpoints,
            CheckpointStore files,
            RunAnnouncer announcer,
            Clock clock) {
        this.runs = runs;
        this.newRuns = newRuns;
        this.changedRuns = changedRuns;
        this.checkpoints = checkpoints;
        this.files = files;
        this.announcer = announcer;
        this.clock = clock;
    }

    /** Stores runs as queued, in the given order; returns their places in the queue in the same order. */
    public List<QueuedRun> create(List<RunSpec> specs) {
        Instant now = clock.instant();
        List<Run> created = specs.stream().map(spec -> new Run(spec, now)).toList();
        newRuns.insert(created, now);
        return created.stream().map(Run::queued).toList();
    }

    /** Keeps workers and other users from changing the runs of an experiment until the transaction ends. */
    public void lock(UUID experimentId) {
        runs.lockRows(experimentId);
    }

    /** Keeps workers and other users from changing the runs of several experiments until the transaction ends. */
    public void lock(Collection<UUID> experimentIds) {
        runs.lockRows(experimentIds);
    }

    /** The runs of experiments that wait for a worker; locked by the caller. */
    public List<QueuedRun> queued(Collection<UUID> experimentIds) {
        return runs.queued(experimentIds);
    }

    /**
     * Cancels what is not finished, and drops its checkpoints; workers of cancelled runs stop within a second or a training
     * step. Returns the runs to take out of the queue.
     */
    public List<QueuedRun> cancelAll(Collection<UUID> experimentIds) {
        List<QueuedRun> cancelled = change(experimentIds, run -> run.cancel(clock.instant()), Transition.DEQUEUED);
        removeCheckpoints(cancelled.stream().map(QueuedRun::id).toList());
        return cancelled;
    }

    /** Pauses queued runs at once, running ones once they have checkpointed; returns the runs to take out of the queue. */
    public List<QueuedRun> pauseAll(Collection<UUID> experimentIds) {
        return change(experimentIds, Run::pause, Transition.DEQUEUED);
    }

    /** Takes a pause back; returns the runs to put into the queue. */
    public List<QueuedRun> resumeAll(Collection<UUID> experimentIds) {
        return change(experimentIds, Run::resume, Transition.ENQUEUED);
    }

    /** Gives failed and diverged runs another chance from their last checkpoints; returns the runs to put into the queue. */
    public List<QueuedRun> retryAll(UUID experimentId) {
        return change(List.of(experimentId), Run::retry, Transition.ENQUEUED);
    }

    /** Raises the number of epochs; returns the runs to put into the queue, which are the finished ones. */
    public List<QueuedRun> extendAll(UUID experimentId, int epochs) {
        return change(
                List.of(experimentId), run -> run.extend(epochs), Transition.ENQUEUED, changedRuns::storeWithPlans);
    }

    /** Skips the trials that no run has begun of; returns the runs to take out of the queue. */
    public List<QueuedRun> skipUnbegunTrials(UUID experimentId) {
        List<UUID> ids = List.of(experimentId);
        Set<Integer> begun = runs.lockAll(ids).stream()
                .filter(Run::hasBegun)
                .map(run -> run.spec().trial())
                .collect(Collectors.toSet());
        return change(
                ids,
                run -> begun.contains(run.spec().trial()) ? Transition.NONE : run.skip(clock.instant()),
                Transition.DEQUEUED);
    }

    private List<QueuedRun> change(Collection<UUID> experimentIds, Function<Run, Transition> verb, Transition wanted) {
        return change(experimentIds, verb, wanted, changedRuns::store);
    }

    /** Applies a verb to all runs and announces those that it changed; returns those to which it did what is wanted. */
    private List<QueuedRun> change(
            Collection<UUID> experimentIds,
            Function<Run, Transition> verb,
            Transition wanted,
            Consumer<List<Run>> store) {
        List<Run> changed = new ArrayList<>();
        List<QueuedRun> found = new ArrayList<>();
        for (Run run : runs.lockAll(experimentIds)) {
            Transition transition = verb.apply(run);
            if (transition.isChange()) {
                changed.add(run);
            }
            if (transition == wanted) {
                found.add(run.queued());
            }
        }
        if (!changed.isEmpty()) {
            store.accept(changed);
            announcer.announce(StateChanged.of(changed.stream().map(Run::view).toList()));
        }
        return found;
    }

    /** Deletes the checkpoints of an experiment that stays. */
    public void removeCheckpoints(UUID experimentId) {
        removeCheckpoints(
                runs.lockAll(List.of(experimentId)).stream().map(Run::id).toList());
    }

    private void removeCheckpoints(List<UUID> ids) {
        checkpoints.removeAll(ids);
        AfterCommit.run(() -> ids.forEach(files::remove));
    }

    /** Deletes the checkpoints of an experiment that is being deleted, once it is; its runs are locked by the caller. */
    public void forgetAll(UUID experimentId) {
        List<UUID> ids = runs.ids(experimentId);
        AfterCommit.run(() -> ids.forEach(files::remove));
    }
}

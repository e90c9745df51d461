package org.initlab.run;

import static org.initlab.run.RunState.CANCELLED;
import static org.initlab.run.RunState.DIVERGED;
import static org.initlab.run.RunState.FAILED;
import static org.initlab.run.RunState.PAUSED;
import static org.initlab.run.RunState.QUEUED;
import static org.initlab.run.RunState.RUNNING;
import static org.initlab.run.RunState.SKIPPED;
import static org.initlab.run.RunState.SUCCEEDED;
import static org.initlab.run.Transition.CHANGED;
import static org.initlab.run.Transition.DEQUEUED;
import static org.initlab.run.Transition.ENQUEUED;
import static org.initlab.run.Transition.NONE;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.hibernate.type.SqlTypes;
import org.initlab.training.Trainer;
import org.initlab.worker.LiveDevices;
import org.initlab.worker.Worker;
import org.jspecify.annotations.Nullable;

/**
 * One arm in one trial: the unit that is queued, trained, checkpointed and resumed.
 *
 * <p>Verbs that change where the run stands return what they did. {@link IllegalStateException} where a worker's verb does
 * not fit the run's state; users' verbs do nothing then.
 */
@Entity
@DynamicUpdate // the plan is long, and hardly ever what has changed
class Run {
    @Id
    private UUID id;

    @Embedded
    private RunSpec spec;

    @Enumerated(EnumType.STRING)
    private RunState state;

    @Embedded
    private Attempts attempts;

    private int epochsTotal;
    private int epochsDone;
    private Double biasValue;
    private int queueEntry;
    private String waitingFor;

    @Nullable
    private Integer rowsReady;

    @Nullable
    private Integer rowsNeeded;

    private boolean pauseRequested;
    private String failure;
    private boolean restartAllowed;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private String[] warnings;

    @Column(updatable = false)
    private Instant createdAt;

    private Instant finishedAt;

    protected Run() {}

    Run(RunSpec spec, Instant now) {
        id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        this.spec = spec;
        state = QUEUED;
        attempts = Attempts.NONE;
        epochsTotal = spec.plan().training().epochs();
        queueEntry = 1;
        warnings = new String[0];
        createdAt = now;
    }

    /** Gives the run to a worker; what any earlier worker still writes is rejected from now on. */
    Transition claim(Worker worker, Instant now) {
        require(QUEUED, RUNNING);
        state = RUNNING;
        attempts = attempts.next(worker, Trainer.threads(spec.plan(), worker.threads()), now);
        waitingFor = null;
        forgetRows();
        return CHANGED;
    }

    /** Leaves the run in the queue for a worker that has what this one lacks. */
    Transition waitFor(String what) {
        require(QUEUED, RUNNING);
        if (state == QUEUED && what.equals(waitingFor)) {
            return NONE;
        }
        letGo(QUEUED);
        waitingFor = what;
        return CHANGED;
    }

    void biasSet(double value) {
        require(RUNNING);
        biasValue = value;
    }

    /** Its worker still decodes images. */
    Transition preparing(Preparing progress) {
        require(RUNNING);
        rowsReady = progress.rowsDone();
        rowsNeeded = progress.rowsTotal();
        return CHANGED;
    }

    /** All images are decoded. */
    Transition prepared() {
        require(RUNNING);
        boolean wasPreparing = rowsReady != null;
        forgetRows();
        return wasPreparing ? CHANGED : NONE;
    }

    private void forgetRows() {
        rowsReady = null;
        rowsNeeded = null;
    }

    Transition epochCommitted(int epoch) {
        checkpointed();
        epochsDone = epoch;
        return CHANGED;
    }

    /** A checkpoint further than the one that the attempt started from is stored. */
    Transition checkpointed() {
        require(RUNNING);
        attempts = attempts.fruitful();
        restartAllowed = false;
        return NONE;
    }

    /** Continues from an earlier epoch, because no later checkpoint can be read. */
    Transition fellBack(int epoch, String warning) {
        require(RUNNING);
        epochsDone = epoch;
        warnings = Stream.concat(Arrays.stream(warnings), Stream.of(warning)).toArray(String[]::new);
        return CHANGED;
    }

    /** Succeeds, unless epochs were added while the worker trained those that it knew of. */
    Transition complete(Instant now) {
        require(RUNNING);
        return epochsDone < epochsTotal ? handBack() : end(SUCCEEDED, null, now);
    }

    Transition diverge(String reason, Instant now) {
        require(RUNNING);
        return end(DIVERGED, reason, now);
    }

    /**
     * Fails.
     *
     * @param mayRestart whether a retry may begin at epoch 0 although epochs are done
     */
    Transition fail(String reason, boolean mayRestart, Instant now) {
        require(QUEUED, RUNNING);
        restartAllowed = mayRestart;
        return end(FAILED, reason, now);
    }

    /** Its worker lets go after a checkpoint: the run pauses if a user asked for that, and goes back to its place otherwise. */
    Transition handBack() {
        require(RUNNING);
        attempts = attempts.fruitful();
        letGo(pauseRequested ? PAUSED : QUEUED);
        pauseRequested = false;
        return state == PAUSED ? DEQUEUED : CHANGED;
    }

    /** Pauses a queued run at once, and a running one as soon as its worker has checkpointed. */
    Transition pause() {
        if (state == QUEUED) {
            letGo(PAUSED);
            waitingFor = null;
            return DEQUEUED;
        }
        boolean asked = state == RUNNING && !pauseRequested;
        pauseRequested |= asked;
        return asked ? CHANGED : NONE;
    }

    /** Takes a pause back. */
    Transition resume() {
        boolean wasRequested = pauseRequested;
        pauseRequested = false;
        return state == PAUSED ? enqueue() : wasRequested ? CHANGED : NONE;
    }

    /** Gives a failed or diverged run another chance from its last checkpoint. */
    Transition retry() {
        return state == FAILED || state == DIVERGED ? enqueue() : NONE;
    }

    /** Raises the number of epochs; a finished run is queued again for the new ones. */
    Transition extend(int epochs) {
        if (epochs <= epochsTotal || state == SKIPPED) {
            return NONE;
        }
        spec = spec.withEpochs(epochs);
        epochsTotal = epochs;
        return state == SUCCEEDED ? enqueue() : CHANGED;
    }

    /** Ends the run unless it has ended; a worker that still trains it can no longer write anything. */
    Transition cancel(Instant now) {
        return state.isFinal() ? NONE : end(CANCELLED, null, now);
    }

    /** Takes the run off the list, unless a worker has ever had it. */
    Transition skip(Instant now) {
        return hasBegun() || state.isFinal() ? NONE : end(SKIPPED, null, now);
    }

    boolean hasBegun() {
        return attempts.attempt() > 0;
    }

    private Transition enqueue() {
        letGo(QUEUED);
        queueEntry++;
        attempts = attempts.fruitful();
        failure = null;
        finishedAt = null;
        return ENQUEUED;
    }

    private void letGo(RunState next) {
        state = next;
        attempts = attempts.withoutWorker();
        forgetRows();
    }

    private Transition end(RunState end, @Nullable String reason, Instant now) {
        state = end;
        failure = reason;
        pauseRequested = false;
        waitingFor = null;
        forgetRows();
        finishedAt = now;
        return DEQUEUED;
    }

    private void require(RunState... allowed) {
        if (!Arrays.asList(allowed).contains(state)) {
            throw new IllegalStateException("run " + id + " is " + state);
        }
    }

    UUID id() {
        return id;
    }

    RunSpec spec() {
        return spec;
    }

    RunState state() {
        return state;
    }

    int epochsDone() {
        return epochsDone;
    }

    /** Whether as many attempts in a row as are allowed got no further. */
    boolean isExhausted(int maxAttempts) {
        return attempts.fruitlessAttempts() >= maxAttempts;
    }

    int fruitlessAttempts() {
        return attempts.fruitlessAttempts();
    }

    /** Whether the last worker died or was cut off, so that the next one may be, too. */
    boolean hasLostItsWorker() {
        return state == RUNNING || attempts.fruitlessAttempts() > 0;
    }

    /** What the worker that has the run is to do. */
    Assignment assignment(List<CheckpointRef> checkpoints, boolean afterCrash) {
        Lease lease = new Lease(id, spec.experimentId(), attempts.attempt(), queueEntry, spec.mayEndOthers());
        return new Assignment(lease, spec.plan(), attempts.threads(), checkpoints, restartAllowed, afterCrash);
    }

    QueuedRun queued() {
        return new QueuedRun(id, spec.experimentId(), spec.armIndex(), spec.trial(), queueEntry, spec.requiredDevice());
    }

    /** The run as it is shown. */
    RunView view() {
        return view(waitingFor);
    }

    /** The same; what no live worker has is named before what one of them lacks. */
    RunView view(LiveDevices live) {
        return view(live.lackFor(spec.requiredDevice()).orElse(waitingFor));
    }

    private RunView view(@Nullable String lack) {
        return new RunView(
                id,
                spec.experimentId(),
                spec.arm(),
                spec.armIndex(),
                spec.trial(),
                spec.plan().biasInit(),
                biasValue,
                spec.plan().seed(),
                state,
                attempts.attempt(),
                epochsDone,
                epochsTotal,
                attempts.threads(),
                attempts.device(),
                attempts.worker(),
                failure,
                pauseRequested,
                state == QUEUED ? lack : null,
                rowsReady == null ? null : new Preparing(rowsReady, rowsNeeded),
                List.of(warnings),
                createdAt,
                attempts.startedAt(),
                finishedAt,
                RunView.RunLinks.of(spec.experimentId(), id));
    }
}

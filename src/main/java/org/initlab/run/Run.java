package org.initlab.run;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.type.SqlTypes;
import org.initlab.training.TrainingPlan;
import org.initlab.worker.Worker;

/** One arm in one trial: the unit that is queued, trained, checkpointed and resumed. */
@Entity
class Run {
    @Id
    @GeneratedValue
    @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
    private UUID id;

    @Column(updatable = false)
    private UUID experimentId;

    @Column(updatable = false)
    private String arm;

    @Column(updatable = false)
    private int armIndex;

    @Column(updatable = false)
    private int trial;

    @JdbcTypeCode(SqlTypes.JSON)
    private TrainingPlan plan;

    @Enumerated(EnumType.STRING)
    private RunState state;

    private int attempt;
    private int fruitlessAttempts;
    private int epochsTotal;
    private int epochsDone;
    private Integer threads;
    private Double biasValue;
    private String device;
    private String worker;
    private String failure;
    private int queueEntry;
    private boolean pauseRequested;

    @Column(updatable = false)
    private String requiredDevice;

    private String waitingFor;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private String[] warnings;

    private boolean restartAllowed;

    @Column(updatable = false)
    private Instant createdAt;

    private Instant startedAt;
    private Instant finishedAt;

    protected Run() {}

    Run(NewRun order, Instant now) {
        experimentId = order.experimentId();
        arm = order.arm();
        armIndex = order.armIndex();
        trial = order.trial();
        plan = order.plan();
        epochsTotal = order.plan().training().epochs();
        requiredDevice = order.requiredDevice();
        state = RunState.QUEUED;
        queueEntry = 1;
        warnings = new String[0];
        createdAt = now;
    }

    /** Whether as many attempts in a row as are allowed ended without a checkpoint. */
    boolean isExhausted(int maxAttempts) {
        return fruitlessAttempts >= maxAttempts;
    }

    /** Gives the run to a worker and makes every earlier worker's writes void. */
    Lease claim(Worker worker, Instant now) {
        require(RunState.QUEUED, RunState.RUNNING);
        attempt++;
        fruitlessAttempts++;
        state = RunState.RUNNING;
        waitingFor = null;
        threads = threads == null ? Integer.valueOf(worker.threads()) : threads;
        device = worker.device();
        this.worker = worker.name();
        startedAt = startedAt == null ? now : startedAt;
        return new Lease(id, experimentId, attempt, queueEntry);
    }

    /** Stays in the queue, for a worker that has what this one lacks. */
    void waitFor(String what) {
        release(RunState.QUEUED);
        waitingFor = what;
    }

    void biasSet(double value) {
        require(RunState.RUNNING);
        biasValue = value;
    }

    void epochCommitted(int epoch) {
        require(RunState.RUNNING);
        epochsDone = epoch;
        checkpointed();
    }

    void checkpointed() {
        require(RunState.RUNNING);
        fruitlessAttempts = 0;
        restartAllowed = false;
    }

    /** Goes on from an earlier epoch, as later checkpoints cannot be read. */
    void fellBack(int epoch, String warning) {
        require(RunState.RUNNING);
        epochsDone = epoch;
        warnings = Stream.concat(Arrays.stream(warnings), Stream.of(warning)).toArray(String[]::new);
    }

    /** All epochs that were planned when the attempt began are done; there may be more by now. */
    void complete(Instant now) {
        if (epochsDone < epochsTotal) {
            handBack();
        } else {
            end(RunState.SUCCEEDED, null, now);
        }
    }

    void diverge(String reason, Instant now) {
        require(RunState.RUNNING);
        end(RunState.DIVERGED, reason, now);
    }

    void fail(String reason, boolean mayRestart, Instant now) {
        require(RunState.QUEUED, RunState.RUNNING);
        end(RunState.FAILED, reason, now);
        restartAllowed = mayRestart;
    }

    private void end(RunState end, String reason, Instant now) {
        state = end;
        failure = reason;
        pauseRequested = false;
        waitingFor = null;
        finishedAt = now;
    }

    /** Lets go of the run with what is committed: paused where a user asked for it, else back to the queue. */
    void handBack() {
        require(RunState.RUNNING);
        fruitlessAttempts = 0;
        release(pauseRequested ? RunState.PAUSED : RunState.QUEUED);
        pauseRequested = false;
    }

    private void release(RunState next) {
        state = next;
        worker = null;
    }

    /**
     * Pauses at once where no worker has the run, else as soon as its worker has checkpointed; returns whether it has to
     * be taken out of the queue for it.
     */
    boolean pause() {
        boolean queued = state == RunState.QUEUED;
        if (queued) {
            release(RunState.PAUSED);
            waitingFor = null;
        }
        pauseRequested |= state == RunState.RUNNING;
        return queued;
    }

    /** Takes a pause back; returns whether the run has to be queued for it. */
    boolean resume() {
        pauseRequested = false;
        return state == RunState.PAUSED && enqueue();
    }

    /** Gives a failed or diverged run a new chance from its last checkpoint; returns whether it has to be queued. */
    boolean retry() {
        return (state == RunState.FAILED || state == RunState.DIVERGED) && enqueue();
    }

    /** Raises the number of epochs; returns whether the run has to be queued for it. */
    boolean extend(int epochs) {
        plan = plan.withEpochs(epochs);
        epochsTotal = epochs;
        return state == RunState.SUCCEEDED && enqueue();
    }

    private boolean enqueue() {
        state = RunState.QUEUED;
        queueEntry++;
        fruitlessAttempts = 0;
        failure = null;
        worker = null;
        finishedAt = null;
        return true;
    }

    /** Ends the run at once; a worker that still trains it can write nothing more. Returns whether it had not ended. */
    boolean cancel(Instant now) {
        boolean open = !state.isFinal();
        if (open) {
            end(RunState.CANCELLED, null, now);
        }
        return open;
    }

    private void require(RunState... allowed) {
        for (RunState candidate : allowed) {
            if (state == candidate) {
                return;
            }
        }
        throw new IllegalStateException("run " + id + " is " + state);
    }

    UUID id() {
        return id;
    }

    UUID experimentId() {
        return experimentId;
    }

    String arm() {
        return arm;
    }

    int armIndex() {
        return armIndex;
    }

    int trial() {
        return trial;
    }

    TrainingPlan plan() {
        return plan;
    }

    RunState state() {
        return state;
    }

    int epochsDone() {
        return epochsDone;
    }

    Integer threads() {
        return threads;
    }

    QueuedRun queued() {
        return new QueuedRun(id, trial, queueEntry);
    }

    int fruitlessAttempts() {
        return fruitlessAttempts;
    }

    Optional<String> requiredDevice() {
        return Optional.ofNullable(requiredDevice);
    }

    boolean isRestartAllowed() {
        return restartAllowed;
    }

    RunView view() {
        return view(Optional.empty());
    }

    /** The run as it is served, with what all queued runs wait for, if anything. */
    RunView view(Optional<String> allWaitFor) {
        String lacks = state == RunState.QUEUED ? allWaitFor.orElse(waitingFor) : null;
        return new RunView(
                id,
                experimentId,
                arm,
                armIndex,
                trial,
                plan.biasInit(),
                biasValue,
                plan.seed(),
                state,
                attempt,
                epochsDone,
                epochsTotal,
                threads,
                device,
                worker,
                failure,
                pauseRequested,
                lacks,
                List.of(warnings),
                createdAt,
                startedAt,
                finishedAt);
    }
}

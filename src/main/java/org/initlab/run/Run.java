package org.initlab.run;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.type.SqlTypes;
import org.initlab.training.TrainingPlan;

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

    @Embedded
    private CheckpointRef checkpoint;

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
        state = RunState.QUEUED;
        createdAt = now;
    }

    /** Whether as many attempts in a row as are allowed ended without finishing an epoch. */
    boolean isExhausted(int maxAttempts) {
        return fruitlessAttempts >= maxAttempts;
    }

    /** Gives the run to a worker and makes every earlier worker's writes void. */
    Lease claim(Worker worker, Instant now) {
        require(RunState.QUEUED, RunState.RUNNING);
        attempt++;
        fruitlessAttempts++;
        state = RunState.RUNNING;
        threads = threads == null ? Integer.valueOf(worker.threads()) : threads;
        device = worker.device();
        this.worker = worker.name();
        startedAt = startedAt == null ? now : startedAt;
        return new Lease(id, experimentId, attempt);
    }

    void biasSet(double value) {
        require(RunState.RUNNING);
        biasValue = value;
    }

    void epochCommitted(int epoch, CheckpointRef checkpoint) {
        require(RunState.RUNNING);
        epochsDone = epoch;
        fruitlessAttempts = 0;
        this.checkpoint = checkpoint;
    }

    void succeed(Instant now) {
        end(RunState.SUCCEEDED, null, now);
    }

    void diverge(String reason, Instant now) {
        end(RunState.DIVERGED, reason, now);
    }

    void fail(String reason, Instant now) {
        end(RunState.FAILED, reason, now);
    }

    private void end(RunState end, String reason, Instant now) {
        require(RunState.QUEUED, RunState.RUNNING);
        state = end;
        failure = reason;
        finishedAt = now;
    }

    /** Back to the queue with its epochs, as on a graceful stop of the worker. */
    void handBack() {
        require(RunState.RUNNING);
        state = RunState.QUEUED;
        fruitlessAttempts = 0;
        worker = null;
    }

    /** Ends the run at once; a worker that still trains it can write nothing more. */
    void cancel(Instant now) {
        if (!state.isFinal()) {
            state = RunState.CANCELLED;
            finishedAt = now;
        }
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

    CheckpointRef checkpoint() {
        return checkpoint;
    }

    RunView view() {
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
                createdAt,
                startedAt,
                finishedAt);
    }
}

package org.initlab.run;

import jakarta.persistence.Column;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.type.SqlTypes;
import org.initlab.training.spec.TrainingPlan;
import org.initlab.worker.LiveDevices;
import org.jspecify.annotations.Nullable;

/** What is stored of a run, and how it is read; {@link Run} says how it changes. */
@MappedSuperclass
abstract class StoredRun {
    @Id
    @GeneratedValue
    @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
    UUID id;

    @Column(updatable = false)
    UUID experimentId;

    @Column(updatable = false)
    String arm;

    @Column(updatable = false)
    int armIndex;

    @Column(updatable = false)
    int trial;

    @JdbcTypeCode(SqlTypes.JSON)
    TrainingPlan plan;

    @Enumerated(EnumType.STRING)
    RunState state;

    int attempt;
    int fruitlessAttempts;
    int epochsTotal;
    int epochsDone;
    Integer threads;
    Double biasValue;
    String device;
    String worker;
    String failure;
    int queueEntry;
    boolean pauseRequested;

    @Column(updatable = false)
    String requiredDevice;

    String waitingFor;

    @JdbcTypeCode(SqlTypes.ARRAY)
    String[] warnings;

    boolean restartAllowed;

    @Column(updatable = false)
    Instant createdAt;

    Instant startedAt;
    Instant finishedAt;

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
        return new QueuedRun(id, armIndex, trial, queueEntry);
    }

    int fruitlessAttempts() {
        return fruitlessAttempts;
    }

    boolean isRestartAllowed() {
        return restartAllowed;
    }

    RunView view() {
        return view(waitingFor);
    }

    /** The run as it is served; what no living worker has comes before what one of them lacks. */
    RunView view(LiveDevices live) {
        return view(live.lackFor(requiredDevice).orElse(waitingFor));
    }

    private RunView view(@Nullable String lack) {
        String lacks = state == RunState.QUEUED ? lack : null;
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

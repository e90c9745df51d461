package org.initlab.experiment;

import jakarta.persistence.Column;
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
import org.initlab.run.RunView;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.spec.TrainingException;

/** Arms × trials of one training, and where that stands. */
@Entity
class Experiment {
    @Id
    @GeneratedValue
    @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
    private UUID id;

    private String name;

    @Enumerated(EnumType.STRING)
    private ExperimentState state;

    @JdbcTypeCode(SqlTypes.JSON)
    private ExperimentSpec spec;

    @Column(updatable = false)
    private String dataset;

    @Column(updatable = false)
    private String architecture;

    private int priority;

    @JdbcTypeCode(SqlTypes.JSON)
    private DatasetSummary task;

    private long revision;

    @Column(updatable = false)
    private Instant createdAt;

    private Instant startedAt;
    private Instant finishedAt;

    protected Experiment() {}

    Experiment(ExperimentSpec spec, Instant now) {
        this.spec = spec;
        name = spec.name();
        dataset = spec.dataset().name();
        architecture = spec.model().architecture();
        priority = spec.priority();
        state = ExperimentState.QUEUED;
        createdAt = now;
    }

    /** Follows its runs. */
    void runsChanged(ExperimentState derived, Instant now) {
        state = derived;
        startedAt = startedAt == null && derived == ExperimentState.RUNNING ? now : startedAt;
        finishedAt = !derived.isFinal() ? null : finishedAt == null ? now : finishedAt;
    }

    /**
     * Keeps what is known of the data: counts when it is submitted, the fingerprint from its first run on; returns whether this
     * tells something new.
     *
     * @throws TrainingException where these are other data than before
     */
    boolean dataRead(DatasetSummary read) {
        if (task != null && !task.agreesWith(read)) {
            throw new TrainingException("the data changed since the experiment began (fingerprint " + read.fingerprint()
                    + " instead of " + task.fingerprint() + "), so its runs could not be compared: bring the files back"
                    + " and retry, or post a new experiment");
        }
        boolean news = task == null || (task.fingerprint() == null && read.fingerprint() != null);
        task = news ? read : task;
        return news;
    }

    void extend(int epochs) {
        spec = spec.withEpochs(epochs);
    }

    void prioritise(int value) {
        priority = value;
        spec = spec.withPriority(value);
    }

    /** To be published by whoever has changed the experiment, like the other two: the revision grows with it. */
    ExperimentEvent changed() {
        return new ExperimentEvent.Changed(id, nextRevision());
    }

    ExperimentEvent runChanged(RunView run) {
        return new ExperimentEvent.RunChanged(id, nextRevision(), run);
    }

    ExperimentEvent epochCommitted(UUID run, int epoch) {
        return new ExperimentEvent.EpochCommitted(id, nextRevision(), run, epoch);
    }

    private long nextRevision() {
        revision++;
        return revision;
    }

    ExperimentOutline outline() {
        return new ExperimentOutline(id, name, state, spec, task);
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    ExperimentState state() {
        return state;
    }

    int priority() {
        return priority;
    }

    ExperimentSpec spec() {
        return spec;
    }

    DatasetSummary task() {
        return task;
    }

    long revision() {
        return revision;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant finishedAt() {
        return finishedAt;
    }
}

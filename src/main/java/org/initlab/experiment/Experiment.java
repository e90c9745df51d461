package org.initlab.experiment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;
import org.initlab.run.RunTally;
import org.initlab.run.RunView;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.spec.TrainingException;
import org.jspecify.annotations.Nullable;

/** Arms × trials of one training, and how far they are. */
@Entity
@DynamicUpdate // the spec is long, and hardly ever what has changed
class Experiment {
    @Id
    @GeneratedValue
    @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
    private UUID id;

    private String name;

    @Column(updatable = false)
    private String nameKey;

    @Enumerated(EnumType.STRING)
    private ExperimentState state;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private ExperimentSpec spec;

    @Column(updatable = false)
    private String dataset;

    @Column(updatable = false)
    private String architecture;

    private int priority;

    @Column(name = "task")
    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private DatasetSummary datasetSummary;

    /** The SHA-256 of each network's file that runs have used, by its name. */
    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private Map<String, String> networkFiles = Map.of();

    private String[] warnings = {};

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private StoppedEarly stoppedEarly;

    /** Whether retention leaves it alone. */
    private boolean keep;

    /** When retention removed its checkpoints; {@code null} if it has not. */
    private Instant checkpointsRemovedAt;

    private long revision;

    /** The study that it is a point of, and its place there; {@code null} of most experiments. */
    @Column(updatable = false)
    private UUID studyId;

    @Column(updatable = false)
    private Integer studyPosition;

    @Column(updatable = false)
    private Instant createdAt;

    private Instant startedAt;
    private Instant finishedAt;

    protected Experiment() {}

    Experiment(ExperimentSpec spec, Instant now) {
        this.spec = spec;
        name = spec.name();
        nameKey = SearchKey.of(name);
        dataset = spec.dataset().name();
        architecture = spec.model().architecture();
        priority = spec.priority();
        state = ExperimentState.QUEUED;
        createdAt = now;
    }

    /** Makes a new experiment a point of a study. */
    void joinStudy(UUID study, int position) {
        studyId = study;
        studyPosition = position;
    }

    /** Takes over the state that its runs imply. */
    void runsChanged(ExperimentState derived, Instant now) {
        state = derived;
        startedAt = startedAt == null && derived == ExperimentState.RUNNING ? now : startedAt;
        finishedAt = !derived.isFinal() ? null : finishedAt == null ? now : finishedAt;
    }

    /**
     * Keeps what is known of the data: the counts from the submission on, the fingerprint once a run has read all of it. Returns
     * whether this tells anything new.
     *
     * @throws TrainingException if this is other data than before
     */
    boolean dataRead(DatasetSummary read) {
        if (datasetSummary != null && !datasetSummary.agreesWith(read)) {
            String difference = read.fingerprint() == null || datasetSummary.fingerprint() == null
                    ? "the numbers of rows differ"
                    : "fingerprint " + read.fingerprint() + " instead of " + datasetSummary.fingerprint();
            throw new TrainingException("the data changed since the experiment began (" + difference
                    + "), so its runs could not be compared: bring the files back and retry, or post a new experiment");
        }
        boolean news = datasetSummary == null || !datasetSummary.covers(read);
        if (news) {
            datasetSummary = read;
            warn(read.warnings());
            warn(TrainingRules.warnings(spec.training(), read.trainRows()));
        }
        return news;
    }

    /**
     * Keeps the hash of a network's file from the first run that uses it on.
     *
     * @throws TrainingException if the file is another than before
     */
    void networkRead(String file, String sha256) {
        String before = networkFiles.get(file);
        if (before == null) {
            Map<String, String> more = new TreeMap<>(networkFiles);
            more.put(file, sha256);
            networkFiles = more;
        } else if (!before.equals(sha256)) {
            throw new TrainingException("the module " + file + " changed since the experiment began (SHA-256 " + sha256
                    + " instead of " + before
                    + "), so its runs could not be compared: bring the file back and retry, or post a new experiment");
        }
    }

    /** Keeps what the user should know, each sentence once, in the order in which it became known. */
    void warn(List<String> sentences) {
        warnings = Stream.concat(Arrays.stream(warnings), sentences.stream())
                .distinct()
                .toArray(String[]::new);
    }

    /** Keeps what decided it before its last trial. */
    void stopEarly(StoppedEarly decided) {
        stoppedEarly = decided;
    }

    void extend(int epochs) {
        spec = spec.withEpochs(epochs);
    }

    void prioritise(int value) {
        priority = value;
        spec = spec.withPriority(value);
    }

    void keep(boolean value) {
        keep = value;
    }

    /** Keeps when its checkpoints were removed, once all of its runs had ended. */
    void checkpointsRemoved(Instant now) {
        checkpointsRemovedAt = now;
    }

    /** Whoever changes the experiment or runs publishes one of these events; each raises the revision. */
    ExperimentEvent changed() {
        revision++;
        return new ExperimentEvent.Changed(id, revision);
    }

    ExperimentEvent changed(List<RunView> runs, List<RunTally> tallies, @Nullable String waitingFor) {
        revision += runs.size() + 1;
        return new ExperimentEvent.RunsChanged(id, revision, runs, tallies, waitingFor);
    }

    ExperimentEnded ended() {
        return new ExperimentEnded(id, name, state, studyId, finishedAt);
    }

    ExperimentOutline outline() {
        return new ExperimentOutline(id, name, state, spec, datasetSummary);
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

    DatasetSummary datasetSummary() {
        return datasetSummary;
    }

    StoppedEarly stoppedEarly() {
        return stoppedEarly;
    }

    List<String> warnings() {
        return List.of(warnings);
    }

    boolean keep() {
        return keep;
    }

    Instant checkpointsRemovedAt() {
        return checkpointsRemovedAt;
    }

    long revision() {
        return revision;
    }

    UUID studyId() {
        return studyId;
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

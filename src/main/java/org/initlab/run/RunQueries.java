package org.initlab.run;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.initlab.training.StepLosses;
import org.initlab.worker.LiveDevices;
import org.initlab.worker.Workers;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What can be read of runs. */
@Service
@Transactional(readOnly = true)
public class RunQueries {
    private final Runs runs;
    private final EpochTable epochs;
    private final TallyTable tallies;
    private final Workers workers;

    RunQueries(Runs runs, EpochTable epochs, TallyTable tallies, Workers workers) {
        this.runs = runs;
        this.epochs = epochs;
        this.tallies = tallies;
        this.workers = workers;
    }

    /** The runs of an experiment, arm by arm and trial by trial. */
    public List<RunView> ofExperiment(UUID experimentId) {
        LiveDevices live = workers.liveDevices();
        return runs.findAll(experimentId).stream().map(run -> run.view(live)).toList();
    }

    public Optional<RunView> find(UUID experimentId, UUID runId) {
        return runs.find(runId, experimentId).map(run -> run.view(workers.liveDevices()));
    }

    /** What the queued runs of experiments need that no worker has now; other experiments are left out. */
    @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
    public Map<UUID, String> waitingFor(Collection<RunTally> tallies) {
        return queued(tallies).isEmpty() ? Map.of() : waitingFor(tallies, workers.liveDevices());
    }

    /** The same, with devices that have been read. */
    public static Map<UUID, String> waitingFor(Collection<RunTally> tallies, LiveDevices live) {
        Map<UUID, String> lacking = new HashMap<>();
        for (RunTally tally : queued(tallies)) {
            live.lackFor(tally.requiredDevice())
                    .or(() -> Optional.ofNullable(tally.waitingFor()))
                    .ifPresent(lack -> lacking.put(tally.experimentId(), lack));
        }
        return lacking;
    }

    private static List<RunTally> queued(Collection<RunTally> tallies) {
        return tallies.stream()
                .filter(tally -> tally.state() == RunState.QUEUED)
                .toList();
    }

    /** The devices that runs can be trained on now. */
    @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
    public LiveDevices liveDevices() {
        return workers.liveDevices();
    }

    /** The epochs of an experiment's runs in ascending order, by run id; a run without epochs is left out. */
    public Map<UUID, List<EpochRow>> epochsOfExperiment(UUID experimentId) {
        return epochs.ofExperiment(experimentId);
    }

    /** What the runs of several experiments have measured, without skipped ones, arm by arm and trial by trial. */
    public List<RunCurve> curves(Collection<UUID> experimentIds) {
        return epochs.curves(experimentIds);
    }

    /** The epochs of a run in ascending order. */
    public List<EpochRow> epochs(UUID runId) {
        return epochs.ofRun(runId);
    }

    /** The epochs of a run from one on, in ascending order. */
    public List<CommittedEpoch> committedEpochs(UUID runId, int first) {
        return epochs.committed(runId, first);
    }

    /** The kept training losses of a run, one entry per epoch, in ascending order. */
    public List<StepLosses> steps(UUID runId) {
        return List.copyOf(stepsByEpoch(runId, 0).values());
    }

    /** The same by epoch from one on; an epoch without kept steps is left out. */
    public SortedMap<Integer, StepLosses> stepsByEpoch(UUID runId, int first) {
        return epochs.stepsOfRun(runId, first);
    }

    /** The kept training losses of an epoch, each the mean over those of the runs that have finished the epoch, in ascending order. */
    public StepLosses meanSteps(Collection<UUID> runIds, int epoch) {
        return epochs.meanStepsOfEpoch(runIds, epoch);
    }

    /**
     * The kept training losses of an experiment's runs that did not diverge, by arm and step in ascending order.
     *
     * @param perEpoch about how many steps of an epoch to read, at equal distances
     */
    public List<StepStatistic> stepStatistics(UUID experimentId, int perEpoch) {
        return epochs.stepStatistics(experimentId, perEpoch);
    }

    /** How each run of an experiment stands, with its test loss after an epoch; trial by trial and arm by arm. */
    public List<RunEnd> ends(UUID experimentId, int epoch) {
        // plain SQL does not see what Hibernate has yet to write
        runs.flush();
        return epochs.ends(experimentId, epoch);
    }

    /** Writes what has changed of runs, ahead of the end of the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void flush() {
        runs.flush();
    }

    /** How many runs of each experiment are in each state, and how far they are. */
    public List<RunTally> tally(Collection<UUID> experimentIds) {
        runs.flush();
        return tallies.of(experimentIds);
    }

    /** Keeps the tallies of experiments quick to read; the caller holds the experiments' rows. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void foldTallies(Collection<UUID> experimentIds) {
        runs.flush();
        tallies.fold(experimentIds);
    }
}

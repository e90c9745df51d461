package org.initlab.run;

import static org.initlab.text.Counts.counted;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.initlab.run.RunEvent.Claimed;
import org.initlab.worker.Worker;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Decides which worker gets a run. */
@Service
@Transactional
class RunClaims {
    private final Runs runs;
    private final EpochTable epochs;
    private final CheckpointTable checkpoints;
    private final Requirements requirements;
    private final RunAnnouncer announcer;
    private final Clock clock;

    RunClaims(
            Runs runs,
            EpochTable epochs,
            CheckpointTable checkpoints,
            Requirements requirements,
            RunAnnouncer announcer,
            Clock clock) {
        this.runs = runs;
        this.epochs = epochs;
        this.checkpoints = checkpoints;
        this.requirements = requirements;
        this.announcer = announcer;
        this.clock = clock;
    }

    /**
     * Gives a run to a worker that has what the run needs, unless the run is to be given up.
     *
     * @param queueEntry the entry of the queue that named the run
     */
    Claim claim(UUID runId, int queueEntry, Worker worker) {
        return runs.lockClaimable(runId, queueEntry)
                .map(run -> claim(run, worker))
                .orElseGet(Claim.NothingToDo::new);
    }

    private Claim claim(Run run, Worker worker) {
        if (run.isExhausted(worker.maxAttempts())) {
            announcer.announce(run, run.fail(exhausted(worker.maxAttempts()), false, clock.instant()));
            return new Claim.NothingToDo();
        }
        Optional<String> lacking = requirements.lacking(run.spec(), worker);
        if (lacking.isPresent()) {
            announcer.announce(run, run.waitFor(lacking.get()));
            return new Claim.WorkerUnsuitable();
        }
        boolean afterCrash = run.hasLostItsWorker();
        List<CheckpointRef> stored = run.hasBegun() ? leftBehind(run) : List.of();
        Transition claimed = run.claim(worker, clock.instant());
        announcer.announce(new Claimed(run.spec().experimentId(), run.view()));
        announcer.announce(run, claimed);
        return new Claim.Granted(run.assignment(stored, afterCrash));
    }

    private List<CheckpointRef> leftBehind(Run run) {
        // a diverged epoch leaves its step losses behind
        epochs.removeAfter(run.id(), run.epochsDone());
        return checkpoints.newestFirst(run.id());
    }

    private static String exhausted(int attempts) {
        return counted(attempts, "attempt")
                + " in a row ended before the run got any further: the workers' processes died, perhaps because they"
                + " ran out of memory; look at their logs, or try a smaller training.batchSize";
    }
}

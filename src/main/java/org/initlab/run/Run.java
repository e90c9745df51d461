package org.initlab.run;

import jakarta.persistence.Entity;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.initlab.worker.Worker;

/** One arm in one trial: the unit that is queued, trained, checkpointed and resumed. */
@Entity
class Run extends StoredRun {
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
}

package org.initlab.run;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.initlab.bench.OperationTimes;
import org.initlab.training.BinaryMetrics;
import org.initlab.training.EpochResult;
import org.initlab.training.Outcome;
import org.initlab.training.StepLosses;
import org.initlab.training.data.ClassCount;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.data.PositiveClass;
import org.initlab.worker.Presence;
import org.initlab.worker.Worker;
import org.springframework.beans.factory.BeanFactory;

/** Writes all that a worker writes about its runs, with made-up numbers instead of a training. */
public final class UntrainedRuns extends RunExecutor {
    private static final StepLosses NO_STEPS = new StepLosses(new long[0], new double[0]);
    private static final StepLosses STEPS = new StepLosses(new long[] {0, 10}, new double[] {0.69, 0.68});
    private static final String SHA256 = "0".repeat(64);
    private static final DatasetSummary DATA = new DatasetSummary(
            new PositiveClass(1, "ring"),
            64,
            32,
            0.25,
            0.25,
            List.of(new ClassCount(0, "other", 48), new ClassCount(1, "ring", 16)),
            List.of(new ClassCount(0, "other", 24), new ClassCount(1, "ring", 8)),
            "sha256:" + SHA256,
            null,
            null,
            null,
            null);

    private final RunClaims claims;
    private final RunLedger ledger;
    private final Worker worker;
    private final Presence presence;
    private final OperationTimes times;
    private final Supplier<Duration> pause;
    private long ended;

    /**
     * For one worker.
     *
     * @param pause in place of each epoch's training
     */
    public UntrainedRuns(
            BeanFactory beans, Worker worker, Presence presence, OperationTimes times, Supplier<Duration> pause) {
        super(null, null, null, null, null, null, null, null, beans.getBean(Clock.class), null);
        claims = beans.getBean(RunClaims.class);
        ledger = beans.getBean(RunLedger.class);
        this.worker = worker;
        this.presence = presence;
        this.times = times;
        this.pause = pause;
    }

    @Override
    public Result execute(UUID runId, int queueEntry, BooleanSupplier shuttingDown) {
        if (shuttingDown.getAsBoolean()) {
            return Result.REQUEUED;
        }
        if (ended != 0) {
            times.add("worker: from the end of a run to the next", System.nanoTime() - ended);
        }
        Claim claim = times.of("worker: claim", () -> claims.claim(runId, queueEntry, worker));
        if (claim instanceof Claim.Granted granted) {
            times.of("worker: heartbeat", () -> presence.trains(runId));
            record(granted.assignment());
            presence.trains(null);
        }
        ended = System.nanoTime();
        return Result.DONE;
    }

    private void record(Assignment work) {
        Lease lease = work.lease();
        times.of("worker: start", () -> ledger.started(lease, DATA, -1.1));
        for (int epoch = 0; epoch <= work.plan().training().epochs(); epoch++) {
            EpochResult result = result(epoch);
            CheckpointRef checkpoint = new CheckpointRef(epoch, 0, lease.runId() + "/" + epoch + ".checkpoint", SHA256);
            StepLosses steps = epoch == 0 ? NO_STEPS : STEPS;
            LockSupport.parkNanos(pause.get().toNanos());
            times.of("worker: commit of an epoch", () -> ledger.commit(lease, result, steps, checkpoint));
        }
        times.of("worker: end", () -> ledger.finish(lease, new Outcome.Completed()));
    }

    private static EpochResult result(int epoch) {
        BinaryMetrics metrics = new BinaryMetrics(0.6 / (1 + epoch), 0.8, 0.5, 0.1, 0.6, 0.25, 0.01, 32, 0.0);
        Double trained = epoch == 0 ? null : 0.5;
        return new EpochResult(epoch, trained, metrics, -1.1, trained, 0.1, trained);
    }
}

package org.initlab.queue;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The persistent queue of runs; entries are part of the caller's transaction. */
@Component
public class RunQueue {
    /** Trials an experiment may have, so that a trial never outweighs a priority. */
    public static final int MAX_TRIALS = 1000;

    private final SchedulerClient scheduler;

    RunQueue(SchedulerClient scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Queues a run: a higher priority first; within one, the first trials of every experiment before the second ones;
     * within those, by the time of submission.
     *
     * @param trial from 0 to {@link #MAX_TRIALS} − 1
     * @param submittedAt not in the future
     */
    public void enqueue(UUID runId, int priority, int trial, Instant submittedAt) {
        scheduler.scheduleIfNotExists(TrainTask.DESCRIPTOR
                .instance(runId.toString())
                .priority(priority * MAX_TRIALS - trial)
                .scheduledTo(submittedAt));
    }
}

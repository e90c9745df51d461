package org.initlab.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.initlab.platform.database.AfterCommit;
import org.initlab.platform.problem.TooManyRequestsException;
import org.initlab.run.QueuedRun;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The persistent queue of runs; entries are part of the caller's transaction. */
@Component
public class RunQueue {
    /** Trials an experiment may have, so that a trial never outweighs a priority. */
    public static final int MAX_TRIALS = 1000;

    /** What this takes is the bound on the queue's length. */
    private static final long BOUND_LOCK = 0x1717_1ab0_0001L;

    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final Scheduler scheduler;
    private final JdbcClient jdbc;
    private final int limit;

    RunQueue(Scheduler scheduler, JdbcClient jdbc, QueueProperties properties) {
        this.scheduler = scheduler;
        this.jdbc = jdbc;
        limit = properties.limit();
    }

    /**
     * Makes sure that so many more runs may wait; callers take turns, so that no two of them count the same room.
     *
     * @throws TooManyRequestsException where they may not
     */
    public void requireRoom(int runs) {
        jdbc.sql("select pg_advisory_xact_lock(?)").param(BOUND_LOCK).query(rs -> {});
        long waiting = jdbc.sql("select count(*) from scheduled_tasks where task_name = ?")
                .param(TrainTask.DESCRIPTOR.getTaskName())
                .query(Long.class)
                .single();
        if (waiting + runs > limit) {
            throw new TooManyRequestsException(
                    "the queue holds " + waiting + " runs and may hold " + limit + "; these are " + runs
                            + " more: wait until some are done, or cancel what is not needed",
                    RETRY_AFTER);
        }
    }

    /**
     * Queues runs: a higher priority first; within one, the first trials of every experiment before the second ones;
     * within those, by the time of submission and then arm by arm. An earlier entry of a run does nothing any more.
     *
     * @param runs with trials from 0 to {@link #MAX_TRIALS} − 1
     * @param submittedAt not in the future
     */
    public void enqueue(List<QueuedRun> runs, int priority, Instant submittedAt) {
        scheduler.scheduleBatch(runs.stream()
                .<SchedulableInstance<?>>map(run -> TrainTask.DESCRIPTOR
                        .instance(new Entry(run.id(), run.entry()).toString())
                        .priority(place(priority, run))
                        // no two are due at one time: what is handed back would come after its equals
                        .scheduledTo(submittedAt.plus(run.armIndex(), ChronoUnit.MICROS)))
                .toList());
        // a worker in this process need not wait for its next look
        AfterCommit.run(scheduler::triggerCheckForDueExecutions);
    }

    /** Moves runs that wait to another priority. */
    public void move(List<QueuedRun> runs, int priority) {
        for (QueuedRun run : runs) {
            jdbc.sql("update scheduled_tasks set priority = ? where task_name = ? and task_instance = ?")
                    .params(
                            place(priority, run),
                            TrainTask.DESCRIPTOR.getTaskName(),
                            new Entry(run.id(), run.entry()).toString())
                    .update();
        }
    }

    /** Takes the entries of runs that need not wait any more out of the queue; one that a worker holds does nothing. */
    public void withdraw(List<QueuedRun> runs) {
        for (QueuedRun run : runs) {
            jdbc.sql("delete from scheduled_tasks where task_name = ? and task_instance = ? and not picked")
                    .params(TrainTask.DESCRIPTOR.getTaskName(), new Entry(run.id(), run.entry()).toString())
                    .update();
        }
    }

    private static int place(int priority, QueuedRun run) {
        return priority * MAX_TRIALS - run.trial();
    }

    /** An entry of the queue; its text names it in the database. */
    record Entry(UUID runId, int number) {
        static Entry parse(String text) {
            String[] parts = text.split("/", 2);
            return new Entry(UUID.fromString(parts[0]), Integer.parseInt(parts[1]));
        }

        @Override
        public String toString() {
            return runId + "/" + number;
        }
    }
}

package org.initlab.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.initlab.platform.database.AfterCommit;
import org.initlab.run.QueuedRun;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The persistent queue of runs; its entries are part of the caller's transaction. */
@Component
public class RunQueue {
    /** How many trials an experiment may have, so that a trial never outweighs a priority. */
    public static final int MAX_TRIALS = 1000;

    /** The advisory lock that guards the bound on the queue's length. */
    private static final long BOUND_LOCK = 0x1717_1ab0_0001L;

    private static final String TASK = TrainTask.DESCRIPTOR.getTaskName();

    private final Scheduler scheduler;
    private final JdbcClient jdbc;
    private final int limit;

    RunQueue(Scheduler scheduler, JdbcClient jdbc, QueueProperties properties) {
        this.scheduler = scheduler;
        this.jdbc = jdbc;
        limit = properties.limit();
    }

    /**
     * Makes sure that so many more runs may wait. Callers take turns until their transactions end, so no two of them count
     * the same room.
     *
     * @throws QueueFullException if they may not
     */
    public void requireRoom(int runs) {
        jdbc.sql("select pg_advisory_xact_lock(?)").param(BOUND_LOCK).query(rs -> {});
        long waiting = jdbc.sql("select count(*) from scheduled_tasks where task_name = ?")
                .param(TASK)
                .query(Long.class)
                .single();
        if (waiting + runs > limit) {
            throw new QueueFullException(waiting, limit, runs);
        }
    }

    /** How many runs may wait at most. */
    public int limit() {
        return limit;
    }

    /**
     * Runs of one experiment to be queued.
     *
     * @param runs with trials from 0 to {@link #MAX_TRIALS} − 1
     * @param submittedAt not in the future when the transaction ends
     */
    public record Entries(List<QueuedRun> runs, int priority, Instant submittedAt) {}

    /**
     * Queues runs: by descending priority; within a priority, the first trials of all experiments before the second ones;
     * within those, by the time of submission, then arm by arm. Earlier entries of the runs are void.
     */
    public void enqueue(List<Entries> entries) {
        scheduler.scheduleBatch(entries.stream()
                .<SchedulableInstance<?>>flatMap(each -> each.runs().stream().map(run -> scheduled(run, each)))
                .toList());
        restrict(entries.stream()
                .flatMap(each -> each.runs().stream())
                .filter(run -> run.requiredDevice() != null)
                .toList());
        // a worker in this process need not wait until it polls again
        AfterCommit.run(scheduler::triggerCheckForDueExecutions);
    }

    private static SchedulableInstance<?> scheduled(QueuedRun run, Entries entries) {
        return TrainTask.DESCRIPTOR
                .instance(instance(run))
                .priority(place(entries.priority(), run))
                // no two are due at the same time: one that is handed back would end up behind the other
                .scheduledTo(entries.submittedAt().plus(run.armIndex(), ChronoUnit.MICROS));
    }

    /** Keeps entries for workers with the device that their runs require. */
    private void restrict(List<QueuedRun> runs) {
        if (!runs.isEmpty()) {
            jdbc.sql(
                            """
                            update scheduled_tasks set required_device = queued.device
                            from unnest(?, ?) as queued (instance, device)
                            where task_name = ? and task_instance = queued.instance""")
                    .params(
                            instances(runs),
                            runs.stream().map(QueuedRun::requiredDevice).toArray(String[]::new),
                            TASK)
                    .update();
        }
    }

    /** Moves waiting runs to another priority. */
    public void move(List<QueuedRun> runs, int priority) {
        jdbc.sql(
                        """
                        update scheduled_tasks set priority = queued.priority
                        from unnest(?, ?) as queued (instance, priority)
                        where task_name = ? and task_instance = queued.instance""")
                .params(
                        instances(runs),
                        runs.stream().map(run -> place(priority, run)).toArray(Integer[]::new),
                        TASK)
                .update();
    }

    /** Takes the entries of runs out of the queue; one that a worker holds stays, and is void. */
    public void withdraw(List<QueuedRun> runs) {
        jdbc.sql("delete from scheduled_tasks where task_name = ? and task_instance = any (?) and not picked")
                .params(TASK, instances(runs))
                .update();
    }

    private static int place(int priority, QueuedRun run) {
        return priority * MAX_TRIALS - run.trial();
    }

    private static String[] instances(List<QueuedRun> runs) {
        return runs.stream().map(RunQueue::instance).toArray(String[]::new);
    }

    private static String instance(QueuedRun run) {
        return new Entry(run.id(), run.entry()).toString();
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

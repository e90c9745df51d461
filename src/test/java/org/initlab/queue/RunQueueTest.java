package org.initlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.initlab.platform.ServiceTest;
import org.initlab.run.QueuedRun;
import org.initlab.worker.Worker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The queue's entries in the database, which no worker takes. */
@ServiceTest
class RunQueueTest {
    private static final QueuedRun ANY = new QueuedRun(UUID.randomUUID(), UUID.randomUUID(), 0, 0, 1, null);
    private static final QueuedRun CPU = new QueuedRun(UUID.randomUUID(), UUID.randomUUID(), 1, 0, 2, "cpu");
    private static final QueuedRun CUDA = new QueuedRun(UUID.randomUUID(), UUID.randomUUID(), 0, 1, 1, "cuda");

    @Autowired
    RunQueue queue;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @BeforeEach
    void enqueue() {
        jdbc.sql("delete from scheduled_tasks").update();
        transaction.executeWithoutResult(
                status -> queue.enqueue(List.of(new RunQueue.Entries(List.of(ANY, CPU, CUDA), 5, Instant.EPOCH))));
    }

    @Test
    void runsAreQueuedByPriorityAndTrialAndForTheirDevice() {
        assertThat(entries())
                .containsExactly(ANY.id() + "/1 5000 null", CPU.id() + "/2 5000 cpu", CUDA.id() + "/1 4999 cuda");
    }

    @Test
    void theRunsOfOneExperimentMoveAndTheOthersStay() {
        queue.move(List.of(ANY, CUDA), -1);

        assertThat(entries())
                .containsExactly(CPU.id() + "/2 5000 cpu", ANY.id() + "/1 -1000 null", CUDA.id() + "/1 -1001 cuda");
    }

    @Test
    void whatAWorkerHoldsIsNotTakenOut() {
        jdbc.sql("update scheduled_tasks set picked = true where task_instance = ?")
                .param(ANY.id() + "/1")
                .update();
        QueuedRun earlierEntry = new QueuedRun(CPU.id(), CPU.experimentId(), 1, 0, 1, "cpu");

        queue.withdraw(List.of(ANY, earlierEntry, CUDA));

        assertThat(entries()).containsExactly(ANY.id() + "/1 5000 null", CPU.id() + "/2 5000 cpu");
    }

    @Test
    void nothingIsDoneForNoRuns() {
        transaction.executeWithoutResult(status -> queue.enqueue(List.of()));
        queue.move(List.of(), 7);
        queue.withdraw(List.of());

        assertThat(entries()).hasSize(3).noneMatch(entry -> entry.contains(" 7000 "));
    }

    @Test
    void theNextRunIsFoundWithoutSortingThoseThatWait() {
        jdbc.sql(
                        """
                        insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
                        select 'train', 'waits/' || n, timestamptz 'epoch' + n * interval '1 us', n <= 200, 1, - n / 10
                        from generate_series(1, 10000) as n""")
                .update();
        jdbc.sql("analyze scheduled_tasks").update();
        Worker worker = new Worker(UUID.randomUUID(), "idle", "here", "cpu", 1, 1, Duration.ZERO);
        StaticListableBeanFactory beans = new StaticListableBeanFactory(Map.of("worker", worker));
        String next = new DueRuns(beans.getBeanProvider(Worker.class))
                .createGenericSelectForUpdateQuery("scheduled_tasks", 1, "", true);

        List<String> plan = jdbc.sql("explain (analyze, buffers off, timing off) " + next)
                .params(false, OffsetDateTime.now(ZoneOffset.UTC))
                .query(String.class)
                .list();

        assertThat(plan)
                .anyMatch(line -> line.contains("Index Scan using scheduled_tasks_due"))
                .noneMatch(line -> line.contains("Sort"));
    }

    /** In the order in which workers take them. */
    private List<String> entries() {
        return jdbc.sql(
                        """
                        select task_instance || ' ' || priority || ' ' || coalesce(required_device, 'null')
                        from scheduled_tasks order by priority desc, execution_time""")
                .query(String.class)
                .list();
    }
}

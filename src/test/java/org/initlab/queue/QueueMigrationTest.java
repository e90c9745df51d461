package org.initlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A queue that the version before left behind, in a schema of its own. */
@ServiceTest
class QueueMigrationTest {
    private static final String SCHEMA = "left_behind";

    @Autowired
    DataSource database;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void runsThatWaitForADeviceStillDoAndAreTallied() {
        migrate("4");
        inSchema(() -> jdbc.sql(
                        """
                        insert into experiment (id, name, state, spec, dataset, architecture, priority, revision, created_at)
                        values ('00000000-0000-0000-0000-000000000001', 'old', 'QUEUED', '{}', 'digits', 'b0', 0, 1, now());
                        insert into run (id, experiment_id, arm, arm_index, trial, plan, state, attempt, fruitless_attempts,
                            epochs_total, epochs_done, created_at, queue_entry, required_device)
                        select id::uuid, '00000000-0000-0000-0000-000000000001', 'zeros', 0, row_number() over (), '{}', 'QUEUED',
                            0, 0, 1, 0, now(), entry, device
                        from (values ('00000000-0000-0000-0000-00000000000a', 1, null),
                            ('00000000-0000-0000-0000-00000000000b', 2, 'cuda'),
                            ('00000000-0000-0000-0000-00000000000c', 1, 'cpu')) as old (id, entry, device);
                        insert into epoch (run_id, epoch, train_seconds, eval_seconds, committed_at)
                        values ('00000000-0000-0000-0000-00000000000a', 0, null, 1, now()),
                            ('00000000-0000-0000-0000-00000000000a', 1, 2, 0.5, now());
                        insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
                        select 'train', run.id || '/' || number, now(), false, 1, 0
                        from run cross join lateral generate_series(1, run.queue_entry) number""")
                .update());

        migrate("latest");

        List<String> entries = inSchema(() -> jdbc.sql(
                        """
                        select right(task_instance, 3) || ' ' || coalesce(required_device, 'any') from scheduled_tasks
                        order by task_instance""")
                .query(String.class)
                .list());
        assertThat(entries).containsExactly("a/1 any", "b/1 any", "b/2 cuda", "c/1 cpu");
        String tally = inSchema(() -> jdbc.sql(
                        """
                        select concat_ws(' ', state, sum(runs), sum(epochs_done), sum(epochs_total), sum(timed_epochs), sum(seconds))
                        from run_tally group by state""")
                .query(String.class)
                .single());
        assertThat(tally).isEqualTo("QUEUED 3 0 3 1 2.5");
    }

    @AfterEach
    void drop() {
        jdbc.sql("drop schema " + SCHEMA + " cascade").update();
    }

    private void migrate(String target) {
        Flyway.configure()
                .dataSource(database)
                .schemas(SCHEMA)
                .locations("classpath:db/migration")
                .target(target)
                .load()
                .migrate();
    }

    private <T> T inSchema(Supplier<T> work) {
        return transaction.execute(status -> {
            jdbc.sql("set local search_path to " + SCHEMA).update();
            return work.get();
        });
    }
}

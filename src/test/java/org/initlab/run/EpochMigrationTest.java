package org.initlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Epochs that an older version measured, in a schema of their own. */
@ServiceTest
class EpochMigrationTest {
    private static final String SCHEMA = "before_objectives";

    @Autowired
    DataSource database;

    @Autowired
    JdbcClient jdbc;

    @Test
    void theObjectiveOfAnOlderEpochIsItsLossItsStepsStayAndTheRestIsUnknown() {
        migrate("5");
        jdbc.sql(
                        """
                        insert into before_objectives.experiment
                            (id, name, state, spec, dataset, architecture, priority, revision, created_at)
                        values ('00000000-0000-0000-0000-000000000001', 'old', 'RUNNING', '{}', 'digits', 'b0', 0, 1, now());
                        insert into before_objectives.run (id, experiment_id, arm, arm_index, trial, plan, state, attempt,
                            fruitless_attempts, epochs_total, epochs_done, created_at)
                        values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-000000000001', 'zeros', 0, 0,
                            '{}', 'RUNNING', 1, 0, 1, 1, now());
                        insert into before_objectives.epoch (run_id, epoch, loss, eval_seconds, committed_at)
                        select '00000000-0000-0000-0000-00000000000a', epoch, loss, 1, now()
                        from (values (0, 0.7), (1, null)) as old (epoch, loss);
                        insert into before_objectives.step_loss (run_id, epoch, steps, losses)
                        values ('00000000-0000-0000-0000-00000000000a', 1, '{0,2147483647}', '{0.7,0.25}')""")
                .update();

        migrate("12");

        List<Map<String, Object>> epochs = jdbc.sql(
                        "select objective, mean_probability, ece from before_objectives.epoch order by epoch")
                .query()
                .listOfRows();
        assertThat(epochs).hasSize(2);
        assertThat(epochs.get(0)).containsEntry("objective", 0.7).containsEntry("mean_probability", null);
        assertThat(epochs.get(1)).containsEntry("objective", null).containsEntry("ece", null);
        jdbc.sql("update before_objectives.step_loss set steps[2] = steps[2] + 5352516354")
                .update();
        assertThat(jdbc.sql(
                                "select array_to_string(steps, ' ') || ', ' || array_to_string(losses, ' ') from before_objectives.step_loss")
                        .query(String.class)
                        .list())
                .containsExactly("0 7500000001, 0.7 0.25");
    }

    @AfterEach
    void drop() {
        jdbc.sql("drop schema if exists " + SCHEMA + " cascade").update();
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
}

package org.initlab.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.Flyway;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database of the days when version 24 was there and 23.1 was not, in a schema of its own. */
@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class MigrationOrderTest {
    @Autowired
    FlywayMigrationStrategy strategy;

    @Autowired
    Flyway ofTheService;

    @Autowired
    JdbcClient jdbc;

    @Test
    void aMigrationThatLandedLateIsAppliedAndNothingIsSaidOtherwise(CapturedOutput output) {
        Flyway migrations = Flyway.configure()
                .configuration(ofTheService.getConfiguration())
                .schemas("out_of_order")
                .load();
        strategy.migrate(migrations);
        jdbc.sql(
                        """
                        delete from out_of_order.flyway_schema_history where version = '23.1';
                        alter table out_of_order.run drop column traceparent""")
                .update();

        strategy.migrate(migrations);

        assertThat(jdbc.sql("select count(traceparent) from out_of_order.run")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(output).containsOnlyOnce("outOfOrder mode is active");
        strategy.migrate(migrations);
        assertThat(output).containsOnlyOnce("outOfOrder mode is active");
        jdbc.sql("drop schema out_of_order cascade").update();
    }
}

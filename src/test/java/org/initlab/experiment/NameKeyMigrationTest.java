package org.initlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class NameKeyMigrationTest {
    private static final String SCHEMA = "earlier";

    @Autowired
    DataSource database;

    @Autowired
    JdbcClient jdbc;

    @Test
    void theNamesOfAnOlderDatabaseAreFoundToo() {
        migrations().target("4").load().migrate();
        List<String> names = List.of("frog", "ÄRGER", "ΟΔΟΣ", "İstanbul", "100 %_\\", "x".repeat(200));
        for (String name : names) {
            jdbc.sql(
                            """
                            insert into earlier.experiment
                                (id, name, state, spec, dataset, architecture, priority, revision, created_at)
                            values (?, ?, 'QUEUED', '{}', 'digits', 'efficientnet_b0', 0, 0, now())""")
                    .params(UUID.randomUUID(), name)
                    .update();
        }

        migrations().javaMigrations(new NameKeyMigration()).target("9").load().migrate();

        assertThat(jdbc.sql("select name_key from earlier.experiment")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(SearchKey::of).toList());
        jdbc.sql("drop schema earlier cascade").update();
    }

    private FluentConfiguration migrations() {
        return Flyway.configure().dataSource(database).schemas(SCHEMA).locations("classpath:db/migration");
    }
}

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
class WarningsMigrationTest {
    private static final String SCHEMA = "unwarned";

    @Autowired
    DataSource database;

    @Autowired
    JdbcClient jdbc;

    @Test
    void theWarningsOfAnOlderDatabasesDataBecomeTheExperiments() {
        migrations().target("9").load().migrate();
        List<String> summaries = List.of(
                "{\"trainRows\": 1, \"warnings\": [\"one\", \"two\"]}",
                "{\"trainRows\": 2, \"warnings\": []}",
                "{\"trainRows\": 3}");
        summaries.forEach(this::insert);
        insert(null);

        migrations().load().migrate();

        assertThat(jdbc.sql(
                                "select array_to_string(warnings, ', ') from unwarned.experiment order by task ->> 'trainRows'")
                        .query(String.class)
                        .list())
                .containsExactly("one, two", "", "", "");
        assertThat(jdbc.sql("select count(*) from unwarned.experiment where jsonb_exists(task, 'warnings')")
                        .query(Integer.class)
                        .single())
                .isZero();
        jdbc.sql("drop schema unwarned cascade").update();
    }

    private void insert(String summary) {
        jdbc.sql(
                        """
                        insert into unwarned.experiment
                            (id, name, name_key, state, spec, dataset, architecture, priority, task, revision, created_at)
                        values (?, 'a', 'a', 'QUEUED', '{}', 'digits', 'resnet18', 0, ?::jsonb, 0, now())""")
                .params(UUID.randomUUID(), summary)
                .update();
    }

    private FluentConfiguration migrations() {
        return Flyway.configure()
                .dataSource(database)
                .schemas(SCHEMA)
                .locations("classpath:db/migration")
                .javaMigrations(new NameKeyMigration());
    }
}

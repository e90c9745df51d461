package org.initlab.platform.database;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {

    /**
     * Lets a migration in after later ones: what was written at the same time has its number from the start, and lands in any
     * order. Only where a database needs it, because Flyway warns of it.
     */
    @Bean
    FlywayMigrationStrategy inAnyOrder() {
        return flyway -> {
            boolean isLate = Arrays.stream(flyway.info().all())
                    .anyMatch(migration -> migration.getState() == MigrationState.IGNORED);
            Flyway fitting = isLate
                    ? Flyway.configure()
                            .configuration(flyway.getConfiguration())
                            .outOfOrder(true)
                            .load()
                    : flyway;
            fitting.migrate();
        };
    }
}

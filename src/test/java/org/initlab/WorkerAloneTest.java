package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;

import org.initlab.platform.database.TestDatabase;
import org.initlab.run.RunExecutor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.test.context.ContextConfiguration;

/** The packages below {@code experiment}, without it: what they need they must declare. */
@SpringBootTest(
        classes = WorkerAloneTest.BelowExperiment.class,
        properties = {"initlab.roles=worker", "db-scheduler.polling-interval=1h"})
@ContextConfiguration(initializers = TestDatabase.class)
class WorkerAloneTest {
    @EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
    @ComponentScan(
            basePackages = {
                "org.initlab.platform",
                "org.initlab.catalog",
                "org.initlab.worker",
                "org.initlab.run",
                "org.initlab.queue"
            },
            // what tests declare for themselves is on the class path too
            excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*Test\\$.*"))
    @EntityScan("org.initlab.run")
    @EnableJpaRepositories("org.initlab.run")
    static class BelowExperiment {}

    @Autowired
    RunExecutor executor;

    @Test
    void aWorkerStartsWithoutTheExperimentsAboveIt() {
        assertThat(executor).isNotNull();
    }
}

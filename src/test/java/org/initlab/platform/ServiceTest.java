package org.initlab.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.initlab.platform.database.TestDatabase;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of the whole service, listening on a free port, with its own database on a real PostgreSQL. It trains only if
 * the test asks for the role, because other tests use the process's engine too.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"initlab.quickstart=false", "initlab.roles=api", "db-scheduler.polling-interval=100ms"})
@ContextConfiguration(initializers = TestDatabase.class)
public @interface ServiceTest {}

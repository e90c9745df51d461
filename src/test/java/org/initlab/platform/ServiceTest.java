package org.initlab.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.initlab.platform.database.TestDatabase;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of the whole service, listening on a free port, on a real PostgreSQL with a database of its own. It trains only
 * where the test asks for the role: other tests use the engine of the process too.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"initlab.quickstart=false", "initlab.roles=api", "db-scheduler.polling-interval=100ms"})
@ContextConfiguration(initializers = TestDatabase.class)
public @interface ServiceTest {}

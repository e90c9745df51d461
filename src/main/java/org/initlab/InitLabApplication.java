package org.initlab;

import java.util.Locale;
import java.util.TimeZone;
import org.initlab.run.RunExecutor;
import org.initlab.training.engine.CompilerPriority;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.jpa.repository.query.DeclaredQuery;
import org.springframework.data.jpa.repository.query.QueryEnhancerFactories;
import org.springframework.data.jpa.repository.query.QueryEnhancerFactory;
import org.springframework.data.jpa.repository.query.QueryEnhancerSelector;
import org.springframework.data.repository.config.BootstrapMode;

/** The service: its HTTP interface, its training worker, or both, depending on {@code initlab.roles}. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class) // callers have tokens, never a password
@EnableJpaRepositories(
        bootstrapMode =
                BootstrapMode.LAZY, // Hibernate starts alongside the rest, and queries are parsed when first needed
        queryEnhancerSelector = InitLabApplication.QueriesAsWritten.class)
public class InitLabApplication {
    /** What a shell reports of a process that SIGTERM ended. */
    private static final int TERMINATED = 143;

    public static void main(String[] args) {
        // whatever the machine's: names of files, numbers in texts and times must not depend on it
        Locale.setDefault(Locale.ENGLISH);
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        CompilerPriority.lower();
        ConfigurableApplicationContext service = SpringApplication.run(InitLabApplication.class, args);
        RunExecutor worker = service.getBeanProvider(RunExecutor.class).getIfAvailable();
        if (worker != null) {
            SpringApplication.getShutdownHandlers().add(() -> haltIfTraining(worker));
        }
    }

    /** A step that outlives the service's patience would crash while the libraries below it are taken down. */
    private static void haltIfTraining(RunExecutor worker) {
        if (worker.isTraining()) {
            Runtime.getRuntime().halt(TERMINATED);
        }
    }

    /** Leaves the parsing of queries to Hibernate: nothing is added to them, and a second parser costs half a second. */
    static class QueriesAsWritten implements QueryEnhancerSelector {
        @Override
        public QueryEnhancerFactory select(DeclaredQuery query) {
            return QueryEnhancerFactories.fallback();
        }
    }
}

package org.initlab;

import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicReference;
import org.initlab.run.RunExecutor;
import org.initlab.training.engine.CompilerPriority;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
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
        Optional<CommandLine> answer = CommandLine.reply(args);
        if (answer.isPresent()) {
            (answer.get().status() == 0 ? System.out : System.err)
                    .print(answer.get().answer());
            System.exit(answer.get().status());
        }
        // whatever the machine's: names of files, numbers in texts and times must not depend on it
        Locale.setDefault(Locale.ENGLISH);
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        CompilerPriority.lower();
        AtomicReference<@Nullable RunExecutor> worker = new AtomicReference<>();
        // added before the start, as none can be when that is told to stop
        SpringApplication.getShutdownHandlers().add(() -> haltIfTraining(worker.get()));
        worker.set(SpringApplication.run(InitLabApplication.class, args)
                .getBeanProvider(RunExecutor.class)
                .getIfAvailable());
    }

    /** A step that outlives the service's patience would crash while the libraries below it are taken down. */
    private static void haltIfTraining(@Nullable RunExecutor worker) {
        if (worker != null && worker.isTraining()) {
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

package org.initlab.platform.database;

import org.initlab.platform.InitLabProperties;
import org.initlab.platform.StartupException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

@Configuration(proxyBeanMethods = false)
@Conditional(EmbeddedDatabaseConfiguration.NoDatabaseConfigured.class)
class EmbeddedDatabaseConfiguration {

    /** Boot's pool depends on these connection details, so it closes before the server stops. */
    @Bean(destroyMethod = "close")
    PostgresServer postgresServer(InitLabProperties properties) {
        return PostgresServer.start(properties.home());
    }

    @Bean
    EmbeddedDatabase embeddedDatabase() {
        return new EmbeddedDatabase();
    }

    static class NoDatabaseConfigured implements Condition {
        private static final String URL = "jdbc:postgresql:";

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            String url = context.getEnvironment().getProperty("spring.datasource.url");
            if (StringUtils.hasText(url) && !url.startsWith(URL)) {
                // not shown, as it may have a password in it
                throw new StartupException(
                        "spring.datasource.url does not begin with " + URL,
                        "Set it to " + URL + "//HOST:PORT/DATABASE, with the role in spring.datasource.username and"
                                + " .password; or leave it out for a PostgreSQL of the service's own.");
            }
            return !StringUtils.hasText(url);
        }
    }
}

package org.initlab.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(InitLabProperties.class)
class PlatformConfiguration {
    private static final String OURS = "org.initlab.";

    /** Of PostgreSQL's precision, so that what is announced equals what is stored. */
    @Bean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
    }

    /** Reads all settings before anything is started, such as the database, so that a wrong one costs a second and leaves nothing. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableWebServerFactory> settingsFirst(ListableBeanFactory beans) {
        return factory -> {
            for (String name : beans.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
                Class<?> type = beans.getType(name);
                if (type != null && type.getName().startsWith(OURS)) {
                    beans.getBean(name);
                }
            }
        };
    }
}

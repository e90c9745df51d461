package org.initlab.platform;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class InitLabPropertiesTest {

    @Configuration(proxyBeanMethods = false)
    static class Beans {
        @Bean
        @ConditionalOnRole(Role.API)
        Role api() {
            return Role.API;
        }

        @Bean
        @ConditionalOnRole(Role.WORKER)
        Role worker() {
            return Role.WORKER;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api | API",
                "worker | WORKER",
                "WORKER , api | API, WORKER",
                "api,,worker | API, WORKER",
                "'' | API, WORKER",
                "' ' | API, WORKER",
                "',' | API, WORKER"
            })
    void theRolesOfTheSettingsAreThoseOfTheBeans(String setting, String expected) {
        Set<Role> bound = new Binder(new MapConfigurationPropertySource(Map.of("initlab.roles", setting)))
                .bind("initlab", InitLabProperties.class)
                .get()
                .roles();

        assertThat(bound.toString()).isEqualTo("[" + expected + "]");
        new ApplicationContextRunner()
                .withUserConfiguration(Beans.class)
                .withPropertyValues("initlab.roles=" + setting)
                .run(context -> assertThat(context.getBeansOfType(Role.class).values())
                        .containsExactlyInAnyOrderElementsOf(bound));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api,worker | cpu,cpu | API",
                "api,worker | all | API",
                "worker | cuda:0, cuda:1 | ''",
                "api | cuda:0,cuda:1 | API",
                "worker | cuda:1 | WORKER"
            })
    void theProcessOfSeveralDevicesIsNoWorkerItself(String roles, String device, String expected) {
        new ApplicationContextRunner()
                .withUserConfiguration(Beans.class)
                .withPropertyValues("initlab.roles=" + roles, "initlab.device=" + device)
                .run(context -> assertThat(context.getBeansOfType(Role.class).values().stream()
                                .map(Role::name)
                                .collect(joining(",")))
                        .isEqualTo(expected));
    }
}

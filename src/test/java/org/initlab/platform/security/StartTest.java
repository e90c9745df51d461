package org.initlab.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.initlab.InitLabApplication;
import org.initlab.platform.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;

/** Startups that are aborted before anything listens, and before there is a database. */
class StartTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--server.address=0.0.0.0",
                "--server.address=",
                "--server.address=::",
                "--server.address=192.0.2.1"
            })
    void withoutTokensAnAddressOtherThanLoopbackIsRefused(String address) {
        assertThat(refusal(address, "--initlab.tokens="))
                .hasMessageContaining("No token is configured")
                .hasMessageContaining("server.address")
                .extracting(StartupException::action)
                .asString()
                .contains("INITLAB_TOKENS", "initlab.tokens-file", "server.address=127.0.0.1");
    }

    @Test
    void withoutTokensTheManagementPortIsHeldToLoopbackToo() {
        assertThat(refusal("--management.server.port=1")).hasMessageContaining("management.server.address");
    }

    @Test
    void aMalformedTokenAbortsStartup() {
        assertThat(refusal("--initlab.tokens=ci:write:short")).hasMessageContaining("fewer than 16 characters");
    }

    private StartupException refusal(String... arguments) {
        String[] all = Stream.concat(
                        Stream.of(
                                "--server.port=0",
                                "--spring.main.register-shutdown-hook=false",
                                "--initlab.home=" + home),
                        Stream.of(arguments))
                .toArray(String[]::new);
        Throwable failure = catchThrowable(
                () -> new SpringApplication(InitLabApplication.class).run(all).close());
        assertThat(home).isEmptyDirectory();
        return ExceptionUtils.throwableOfType(failure, StartupException.class);
    }
}

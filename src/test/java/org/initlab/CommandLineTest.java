package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @Test
    void settingsStartTheService() {
        assertThat(CommandLine.reply()).isEmpty();
        assertThat(CommandLine.reply("--initlab.home=a folder", "--initlab.webhooks[0].url=", "--debug"))
                .isEmpty();
    }

    /** Spring Boot would pass over each, and start with the defaults. */
    @ParameterizedTest
    @ValueSource(strings = {"start", "initlab.home=/data", "-initlab.home=/data", "--initlab.home", "--=x", "--", ""})
    void whatIsNoSettingIsRefused(String argument) {
        assertThat(CommandLine.reply("--server.port=1", argument)).hasValueSatisfying(refused -> {
            assertThat(refused.status()).isNotZero();
            assertThat(refused.answer()).startsWith("initlab: '" + argument + "' is no setting");
        });
    }

    @Test
    void helpAndTheVersionArePrinted() {
        assertThat(CommandLine.reply("--help", "start")).hasValueSatisfying(help -> {
            assertThat(help.status()).isZero();
            assertThat(help.answer()).contains("--initlab.home=FOLDER", "docs/settings.md");
        });
        assertThat(CommandLine.reply("--version"))
                .hasValueSatisfying(version -> assertThat(version.answer()).startsWith("InitLab "));
    }
}

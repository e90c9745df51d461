package org.initlab.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.initlab.ExternalTool;
import org.initlab.ExternalTool.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docker-compose mounts into Prometheus, by Prometheus' own checker. */
class PrometheusFilesTest {
    private static final Path FILES = Path.of("observability", "prometheus").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void theConfigurationIsValid() throws IOException {
        Path promtool = ExternalTool.require("promtool");
        Path token = Files.writeString(folder.resolve("token"), "a-token-for-the-check");
        String config = Files.readString(FILES.resolve("prometheus.yml"))
                .replace("/run/secrets/prometheus_token", token.toString());
        Files.writeString(folder.resolve("prometheus.yml"), config);
        Files.copy(FILES.resolve("alerts.yml"), folder.resolve("alerts.yml"));

        Result check = ExternalTool.run(promtool, "check", "config", folder.resolve("prometheus.yml"));

        assertThat(check.status()).as(check.output()).isZero();
    }

    @Test
    void theAlertsFireWhenTheyHaveToAndOnlyThen() {
        Path promtool = ExternalTool.require("promtool");
        Result test = ExternalTool.run(promtool, "test", "rules", FILES.resolve("alerts_test.yml"));

        assertThat(test.status()).as(test.output()).isZero();
    }
}

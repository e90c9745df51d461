package org.initlab.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The deployment files, checked by the tools that read them, if those are installed. */
class DeploymentTest {

    @TempDir
    Path folder;

    @Test
    void dockerComposeReadsItsFile() throws Exception {
        assumeThat(succeeds("docker", "compose", "version"))
                .as("skipped: docker compose is not installed")
                .isTrue();
        assertThat(output("docker", "compose", "--profile", "gpu", "config", "--quiet"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu"})
    void kustomizeBuildsTheManifests(String kind) throws Exception {
        assumeThat(succeeds("kubectl", "version", "--client"))
                .as("skipped: kubectl is not installed")
                .isTrue();
        String manifests = output("kubectl", "kustomize", "kubernetes/" + kind);
        assertThat(manifests).contains("kind: Deployment").contains("initlab:cpu");
        assertThat(manifests.contains("nvidia.com/gpu: 1")).isEqualTo(kind.equals("gpu"));
    }

    @Test
    void everyFileThatComposeMountsIsThereOrMadeByTheSecretsScript() throws Exception {
        Secrets secrets = Secrets.make(folder);

        String compose = Files.readString(Path.of("docker-compose.yml"));
        List<String> mounted = Pattern.compile("\\./[\\w./-]+")
                .matcher(compose)
                .results()
                .map(match -> match.group())
                .toList();
        assertThat(mounted)
                .isNotEmpty()
                .allMatch(file -> Files.exists(Path.of(file)) || Files.exists(folder.resolve(file)));
        String tokens = secrets.read("tokens");
        assertThat(tokens).contains("me:write:").contains("prometheus:read:");
        secrets.makeMissing();
        assertThat(secrets.read("tokens")).isEqualTo(tokens);
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String output(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}

package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.initlab.ServiceClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the Dockerfile's image does at its start, without a Docker engine: the same layers, environment, entry point and
 * user, the program's own files not writable.
 */
class ImageLayoutIT {
    private static final String TOKEN = "a-token-of-this-test";
    private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(\"[^\"]*\"|\\S+)");
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": 64, "testLimit": 32, "positiveRate": 0.25}, "trials": 1,
             "model": {"architecture": "efficientnet_b0"}, "training": {"epochs": 1, "batchSize": 32}}""";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path root;

    @Test
    void theImageStartsAsItsUserWritesToItsVolumeAloneAndTrains() throws Exception {
        Path app = root.resolve("app");
        Path data = Files.createDirectory(root.resolve("data"));
        assemble(app);
        int port = ServerProcess.freePort();
        Map<String, String> environment = environment("service", "cpu").entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                        .replace(
                                "/opt/pytorch",
                                root.resolve("layers/pytorch-cpu").toString())
                        .replace("/data", data.toString())));
        environment.putAll(Map.of("SERVER_PORT", Integer.toString(port), "INITLAB_TOKENS", "me:write:" + TOKEN));
        Process process = start(app, data, environment);
        try {
            ServiceClient client = new ServiceClient(port);
            await().atMost(Duration.ofMinutes(2)).until(() -> healthCheck(port) == 0);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> client.get("/actuator/health/readiness").status() == 200);
            assertThat(client.get("/experiments").status()).isEqualTo(401);

            String[] authorization = {"Authorization", "Bearer " + TOKEN};
            Answer posted = client.post("/experiments", SPEC, authorization);
            assertThat(posted.status()).isEqualTo(201);
            String path = posted.body().at("/links/self").asString();
            await().atMost(Duration.ofMinutes(2)).until(() -> client.get(path, authorization)
                    .body()
                    .get("state")
                    .asString()
                    .equals("SUCCEEDED"));
            assertThat(data.resolve("checkpoints")).isNotEmptyDirectory();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor();
        }
        assertThat(healthCheck(port)).isNotZero();
    }

    /** As the build stage and the COPY lines do. */
    private void assemble(Path app) throws Exception {
        Path layers = root.resolve("layers");
        run(List.of("sh", "container/layers.sh", Distribution.archive().toString(), layers.toString()));
        Files.createDirectories(app);
        for (String layer : List.of("dependencies", "application")) {
            run(List.of("cp", "-R", layers.resolve(layer) + "/.", app.toString()));
        }
        run(List.of("chmod", "-R", "a+rX", root.toString()));
    }

    private Process start(Path app, Path data, Map<String, String> environment) throws Exception {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            String[] user = instruction("USER").split(":", 2);
            run(List.of("chown", "-R", String.join(":", user), data.toString()));
            command.addAll(List.of("setpriv", "--reuid=" + user[0], "--regid=" + user[1], "--clear-groups"));
        }
        String[] entryPoint =
                instruction("ENTRYPOINT").replaceAll("[\\[\\]\",]", " ").strip().split("\\s+");
        command.add(entryPoint[0].replace("/app", app.toString()));
        command.addAll(Arrays.asList(entryPoint).subList(1, entryPoint.length));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(app.toFile()).redirectErrorStream(true);
        builder.redirectOutput(root.resolve("service.log").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("HOME", "/nonexistent");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static int healthCheck(int port) throws Exception {
        ProcessBuilder check = new ProcessBuilder("bash", "container/healthcheck.sh").redirectErrorStream(true);
        check.environment().put("SERVER_PORT", Integer.toString(port));
        Process process = check.start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    /** The variables of some of the Dockerfile's stages. */
    private static Map<String, String> environment(String... stages) throws IOException {
        return Arrays.stream(Files.readString(Path.of("Dockerfile")).split("(?m)^FROM "))
                .filter(stage -> Arrays.stream(stages)
                        .anyMatch(name -> stage.lines().findFirst().orElse("").endsWith(" AS " + name)))
                .flatMap(stage -> Pattern.compile("(?m)^ENV ((?:.*\\\\\\n)*.*)")
                        .matcher(stage)
                        .results())
                .flatMap(variables -> VARIABLE.matcher(variables.group(1)).results())
                .collect(Collectors.toMap(
                        match -> match.group(1), match -> match.group(2).replace("\"", ""), (first, last) -> last));
    }

    private static String instruction(String name) throws IOException {
        Matcher lines = Pattern.compile("(?m)^" + name + " (.*)").matcher(Files.readString(Path.of("Dockerfile")));
        return lines.results()
                .map(MatchResult::group)
                .map(line -> line.substring(name.length() + 1))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private static void run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
    }
}

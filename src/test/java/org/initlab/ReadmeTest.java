package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.initlab.Markdown.Block;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.FileSystemUtils;

/** The commands of the documents work when pasted as they are, one after the other, and show what the documents say. */
@ServiceTest
@TestPropertySource(properties = "initlab.roles=api,worker")
class ReadmeTest {
    private static final List<String> NOT_RUN = List.of("./mvnw spring-boot:run\n", "./mvnw verify\n");
    private static final Pattern KEY = Pattern.compile("\"(\\w+)\": ?");
    private static final int MINUTES = 5;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    /** Other tests use the same service, and its worker. */
    @AfterEach
    void leaveNothingRunning() {
        ServiceClient client = new ServiceClient(port);
        client.get("/experiments?name=ring&state=RUNNING")
                .body()
                .get("content")
                .forEach(experiment -> client.post(experiment.at("/links/self").asString() + "/cancel", ""));
    }

    @Test
    void theReadmeSaysHowToRunAndTestIt() throws IOException {
        assertThat(Markdown.read(Path.of("README.md")).blocks())
                .extracting(Block::code)
                .containsAll(NOT_RUN);
        assertThat(Files.readString(Path.of(".ci", "run"))).endsWith("exec ./mvnw -B verify\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/api.md"})
    void commandsWorkAsTheyStandAndShowWhatIsPromised(String path) throws IOException, InterruptedException {
        List<Block> blocks = Markdown.read(Path.of(path)).blocks().stream()
                .filter(block -> !NOT_RUN.contains(block.code()))
                .toList();
        run(blocks);
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).language().equals("sh")) {
                String promised =
                        i + 1 < blocks.size() && blocks.get(i + 1).language().equals("json")
                                ? blocks.get(i + 1).code()
                                : "";
                assertShows(promised, answer(i), path + ": " + blocks.get(i).code());
            }
        }
    }

    private static void assertShows(String promised, String answer, String command) {
        assertThat(keys(answer)).as(command).containsAll(keys(promised));
        assertThat(answer.contains("\"detail\":")).as(command + answer).isEqualTo(promised.contains("\"detail\":"));
        if (promised.contains("\"state\": \"SUCCEEDED\"")) {
            assertThat(answer).as(command).contains("\"state\":\"SUCCEEDED\"").doesNotContain("\"STILL_RUNNING\"");
        }
    }

    /** In one shell, as its user would; what each block prints goes into a file of the block's number. */
    private void run(List<Block> blocks) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("set -e -o pipefail\n");
        IntStream.range(0, blocks.size())
                .filter(i -> blocks.get(i).language().equals("sh"))
                .forEach(i -> script.append("{\n")
                        .append(blocks.get(i).code().replace("localhost:8080", "localhost:" + port))
                        .append("} > ")
                        .append(file(i))
                        .append('\n'));
        FileSystemUtils.copyRecursively(Path.of("http"), folder.resolve("http"));
        ExternalTool.require("curl");
        Process bash = new ProcessBuilder(ExternalTool.require("bash").toString(), "-c", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            assertThat(bash.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(bash.exitValue())
                    .as(Files.readString(folder.resolve("log")))
                    .isZero();
        } finally {
            bash.descendants().forEach(ProcessHandle::destroy);
            bash.destroy();
        }
    }

    private String answer(int block) throws IOException {
        return Files.readString(file(block));
    }

    private Path file(int block) {
        return folder.resolve(Integer.toString(block));
    }

    private static List<String> keys(String json) {
        return KEY.matcher(json)
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .toList();
    }
}

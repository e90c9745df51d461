package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The notebook runs from top to bottom. */
@ServiceTest
@TestPropertySource(properties = "initlab.roles=api,worker")
class NotebookTest {
    private static final String[] NEEDS = {"-c", "import matplotlib, pandas"};
    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    @Test
    void everyCellRunsAndTheVerdictIsPrinted() throws IOException, InterruptedException {
        Path python = ExternalTool.requireWorking(
                "pandas or matplotlib is missing, so the notebook is not run", PYTHONS, NEEDS);
        StringBuilder script = new StringBuilder();
        for (JsonNode cell : new JsonMapper()
                .readTree(Files.readString(Path.of("docs", "notebook.ipynb")))
                .get("cells")) {
            if (cell.get("cell_type").asString().equals("code")) {
                cell.get("source").forEach(line -> script.append(line.asString()));
                script.append('\n');
            }
        }
        Path file = Files.writeString(folder.resolve("notebook.py"), script);
        ProcessBuilder command = new ProcessBuilder(python.toString(), file.toString()).redirectErrorStream(true);
        command.environment().put("INITLAB_URL", "http://localhost:" + port);
        command.environment().put("MPLBACKEND", "Agg");
        Process running = command.start();
        String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(running.waitFor()).as(output).isZero();
        assertThat(output).contains("positive_rate ");
        ServiceClient client = new ServiceClient(port);
        assertThat(client.get("/experiments?name=malignant%20or%20not")
                        .body()
                        .at("/page/totalElements")
                        .asInt())
                .isEqualTo(5);
    }
}

package org.initlab.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.initlab.ExternalTool;
import org.initlab.ServerProcess;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus with the project's own configuration, but for where the service is and how often it is asked. */
final class Prometheus implements AutoCloseable {
    private static final Path FILES = Path.of("observability", "prometheus");

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final ServerProcess process;
    private final String base;

    private Prometheus(ServerProcess process, String base) {
        this.process = process;
        this.base = base;
    }

    /** Starts one that scrapes a service on this machine with a token. */
    static Prometheus start(Path folder, int servicePort, String token) {
        Path program = ExternalTool.require("prometheus");
        try {
            Files.writeString(folder.resolve("prometheus.yml"), configuration(folder, servicePort, token));
            Files.copy(FILES.resolve("alerts.yml"), folder.resolve("alerts.yml"));
            String address = "127.0.0.1:" + ServerProcess.freePort();
            ServerProcess process = ServerProcess.launch(
                    folder.resolve("prometheus.log"),
                    List.of(
                            program.toString(),
                            "--config.file=" + folder.resolve("prometheus.yml"),
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=" + address));
            Prometheus started = new Prometheus(process, "http://" + address);
            process.awaitReady(() -> started.value("min(up)") == 1);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String configuration(Path folder, int servicePort, String token) throws IOException {
        Yaml yaml = new Yaml();
        Map<String, Object> root = yaml.load(Files.readString(FILES.resolve("prometheus.yml")));
        root.put("global", Map.of("scrape_interval", "1s", "evaluation_interval", "1s"));
        Map<String, Object> job = jobs(root).get(0);
        job.remove("dns_sd_configs");
        job.put("static_configs", List.of(Map.of("targets", List.of("127.0.0.1:" + servicePort))));
        Path file = Files.writeString(folder.resolve("token"), token + "\n");
        job.put("authorization", Map.of("credentials_file", file.toString()));
        return yaml.dump(root);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> jobs(Map<String, Object> root) {
        return (List<Map<String, Object>>) root.get("scrape_configs");
    }

    /** The series that an expression gives now. */
    JsonNode query(String expression) {
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (!answer.get("status").asString().equals("success")) {
            throw new AssertionError(expression + ": " + answer);
        }
        return answer.at("/data/result");
    }

    /** The value of an expression that gives one series. */
    double value(String expression) {
        return query(expression).at("/0/value/1").asDouble(Double.NaN);
    }

    /** The expressions of the alerts. */
    List<String> alerts() {
        return get("/api/v1/rules?type=alert")
                .at("/data/groups/0/rules")
                .valueStream()
                .map(rule -> rule.get("query").asString())
                .toList();
    }

    private JsonNode get(String path) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(base + path)).build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 503) {
                throw new IOException("Prometheus is not ready: " + answer.body());
            }
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}

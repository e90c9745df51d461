package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.initlab.ServiceClient.Answer;
import org.initlab.training.BinaryMetrics;
import org.initlab.training.ScoreNoise;
import org.initlab.training.objective.BinaryCrossEntropy;
import org.initlab.training.spec.Precision;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The first run's weights and predictions as a client gets them; {@code golden/state_dicts.py} says what PyTorch's are. */
final class TakenAlong {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ServiceClient client;
    private final String base;
    private final JsonNode links;

    TakenAlong(int port, String experiment) {
        client = new ServiceClient(port);
        base = "http://127.0.0.1:" + port;
        links = client.get(experiment + "/runs").body().at("/0/links");
    }

    /** Requires PyTorch's names, types and shapes, in which each BatchNorm has seen so many batches. */
    void requireStateDict(String golden, long batches) throws IOException, InterruptedException {
        byte[] file = get(links.get("weights").asString());
        JsonNode header = header(file);
        List<String> lines = new ArrayList<>();
        for (String name : header.propertyNames()) {
            JsonNode tensor = header.get(name);
            if (name.equals("__metadata__")) {
                assertThat(tensor.get("format").asString()).isEqualTo("pt");
                continue;
            }
            String shape =
                    tensor.get("shape").valueStream().map(JsonNode::asString).collect(Collectors.joining("x"));
            lines.add(name + " " + tensor.get("dtype").asString() + " " + shape);
            if (name.endsWith(".num_batches_tracked")) {
                assertThat(data(file, tensor).getLong()).as(name).isEqualTo(batches);
            }
        }
        String outline = lines.stream().sorted().collect(Collectors.joining("\n"));
        assertThat(DigestUtils.sha256Hex(outline.getBytes(StandardCharsets.UTF_8)))
                .as("%s", outline)
                .isEqualTo(JsonMapper.shared()
                        .readTree(Path.of("src/test/resources/golden/state_dicts.json")
                                .toFile())
                        .at("/sha256")
                        .get(golden)
                        .asString());
    }

    /** Requires that both files have a name and a tag by which they aren't sent twice, and a head by itself. */
    void requireHttpHabits() {
        for (String link : List.of("weights", "predictions")) {
            String path = links.get(link).asString();
            Answer head = client.send("HEAD", path, "");
            Answer whole = client.get(path);
            String tag = whole.header("ETag");
            assertThat(head.header("ETag")).isEqualTo(tag).isNotNull();
            assertThat(head.header("Content-Disposition")).startsWith("attachment; filename=\"" + link + "-");
            assertThat(head.raw().body()).isEmpty();
            assertThat(client.get(path, "If-None-Match", tag).status()).isEqualTo(304);
            if (link.equals("weights")) {
                assertThat(head.header("Content-Length"))
                        .isEqualTo(whole.header("Content-Length"))
                        .isNotNull();
            }
        }
    }

    /** Writes the weights where the service finds them. */
    void saveWeights(Path home, String name) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(home.resolve("weights"));
        Files.write(folder.resolve(name), get(links.get("weights").asString()));
    }

    /** Requires logits that give an epoch's loss and area to the last digit. */
    void requirePredictionsGive(JsonNode epoch) throws IOException, InterruptedException {
        List<String> lines = new String(get(links.get("predictions").asString()), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(lines.get(0)).isEqualTo("row,label,logit");
        float[] logits = new float[lines.size() - 1];
        byte[] labels = new byte[logits.length];
        for (int row = 0; row < logits.length; row++) {
            String[] fields = lines.get(row + 1).split(",", -1);
            assertThat(fields[0]).isEqualTo(Integer.toString(row));
            labels[row] = Byte.parseByte(fields[1]);
            logits[row] = Float.parseFloat(fields[2]);
        }
        BinaryMetrics metrics =
                BinaryMetrics.of(logits, labels, new BinaryCrossEntropy(), new ScoreNoise(0, Precision.FLOAT32));
        assertThat(metrics.loss()).isEqualTo(epoch.get("loss").asDouble());
        assertThat(metrics.rocAuc()).isEqualTo(epoch.get("rocAuc").asDouble());
    }

    private byte[] get(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(base + path)).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private static JsonNode header(byte[] file) {
        int length = Math.toIntExact(
                ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
        return JsonMapper.shared().readTree(file, Long.BYTES, length);
    }

    private static ByteBuffer data(byte[] file, JsonNode tensor) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long start = Long.BYTES + bytes.getLong();
        int begin = tensor.at("/data_offsets/0").asInt();
        int size = tensor.at("/data_offsets/1").asInt() - begin;
        assertThat((start + begin) % size).as("alignment").isZero();
        return bytes.position(Math.toIntExact(start + begin));
    }
}

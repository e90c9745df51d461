package org.initlab.training.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.initlab.training.data.ImageTransform;
import org.initlab.training.data.Interpolation;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class ImageNetWeightsTest {
    private static final ImageTransform TRANSFORM = ImageTransform.resizeAndCrop(255, Interpolation.BILINEAR, 240);
    private static final ImageNetWeights OURS = new ImageNetWeights("efficientnet_b1", "tiny-ec07fedd.pth", TRANSFORM);
    private static final ImageNetWeights TAMPERED =
            new ImageNetWeights("efficientnet_b1", "tiny-0badc0de.pth", TRANSFORM);
    private static final ImageNetWeights GONE = new ImageNetWeights("efficientnet_b1", "gone-0badc0de.pth", TRANSFORM);

    private record Row(String architecture, String url, int resize, Interpolation interpolation, int crop) {}

    @TempDir
    Path home;

    private Path weights;
    private HttpServer server;
    private URI address;

    @BeforeEach
    void serve() throws IOException {
        weights = home.resolve("weights");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] tiny = Files.readAllBytes(Golden.FOLDER.resolve("tiny_zip.pth"));
        server.createContext("/models/tiny-", exchange -> {
            exchange.sendResponseHeaders(200, tiny.length);
            exchange.getResponseBody().write(tiny);
            exchange.close();
        });
        server.start();
        address = URI.create("http://localhost:" + server.getAddress().getPort() + "/models/");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Made by make_imagenet.py. */
    @Test
    void theTableIsTorchvisions() {
        List<Row> rows = JsonMapper.shared()
                .readValue(Golden.MORE.resolve("imagenet.json").toFile(), new TypeReference<>() {});
        assertThat(rows).hasSize(9);
        for (Row row : rows) {
            String file = row.url.substring(
                    ImageNetWeights.OFFICIAL_ADDRESS.toString().length());
            assertThat(ImageNetWeights.ofFile(file))
                    .contains(new ImageNetWeights(
                            row.architecture,
                            file,
                            ImageTransform.resizeAndCrop(row.resize, row.interpolation, row.crop)));
            assertThat(row.url)
                    .isEqualTo(ImageNetWeights.OFFICIAL_ADDRESS.resolve(file).toString());
        }
        assertThat(ImageNetWeights.of("efficientnet_b1").file()).isEqualTo("efficientnet_b1-c27df63c.pth");
        assertThat(ImageNetWeights.of("efficientnet_b7").architecture()).isEqualTo("efficientnet_b7");
        assertThatThrownBy(() -> ImageNetWeights.of("resnet50"))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("no ImageNet weights for resnet50");
    }

    @Test
    void missingWeightsAreDownloadedOnceAndFillTheBackbone() {
        assertThat(OURS.isIn(weights)).isFalse();
        ModelWeights loaded = OURS.load(weights, address, () -> {});
        assertThat(loaded.hasHead()).isFalse();
        assertThat(loaded.stateDict().tensors()).containsKey("backbone.conv.weight");
        assertThat(OURS.isIn(weights)).isTrue();

        server.stop(0);
        assertThat(OURS.load(weights, address, () -> {}).stateDict().tensors()).containsKey("backbone.conv.bias");
    }

    @Test
    void weightsWithAnotherHashThanTheirNameSaysAreRefusedAndNotKept() {
        assertThatThrownBy(() -> TAMPERED.load(weights, address, () -> {}))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("another SHA-256 than 0badc0de");
        assertThat(TAMPERED.isIn(weights)).isFalse();
    }

    @Test
    void aDeadLinkSaysWhereTheFileGoesByHand() {
        assertThatThrownBy(() -> GONE.load(weights, address, () -> {}))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("404")
                .hasMessageContaining("put gone-0badc0de.pth into weights below initlab.home");
    }
}

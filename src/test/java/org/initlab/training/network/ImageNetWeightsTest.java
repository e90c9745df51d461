package org.initlab.training.network;

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
import org.initlab.training.catalog.NetworkCatalog;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.Interpolation;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.Golden;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class ImageNetWeightsTest {
    private static final ImageTransform TRANSFORM = ImageTransform.resizeAndCrop(255, Interpolation.BILINEAR, 240);
    private static final ImageNetWeights OURS = new ImageNetWeights("tiny-ec07fedd.pth", TRANSFORM);
    private static final ImageNetWeights TAMPERED = new ImageNetWeights("tiny-0badc0de.pth", TRANSFORM);
    private static final ImageNetWeights GONE = new ImageNetWeights("gone-0badc0de.pth", TRANSFORM);

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
        List<Row> ours = NetworkCatalog.all().stream()
                .flatMap(architecture -> architecture.imageNetWeights().stream()
                        .map(weights -> new Row(
                                architecture.name(),
                                ImageNetWeights.OFFICIAL_ADDRESS
                                        .resolve(weights.file())
                                        .toString(),
                                weights.transform().resize(),
                                weights.transform().interpolation(),
                                weights.transform().crop())))
                .toList();
        assertThat(ours).isEqualTo(rows);
    }

    @Test
    void missingWeightsAreDownloadedOnce() {
        assertThat(OURS.isIn(weights)).isFalse();
        ModelWeights loaded = OURS.load(weights, address, () -> {});
        assertThat(loaded.stateDict().tensors()).containsKey("conv.weight");
        assertThat(OURS.isIn(weights)).isTrue();

        server.stop(0);
        assertThat(OURS.load(weights, address, () -> {}).stateDict().tensors()).containsKey("conv.bias");
    }

    @Test
    void weightsWhoseHashIsNotTheOneInTheirNameAreRefusedAndNotKept() {
        assertThatThrownBy(() -> TAMPERED.load(weights, address, () -> {}))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("does not have the SHA-256 0badc0de");
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

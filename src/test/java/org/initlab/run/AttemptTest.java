package org.initlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.initlab.ServiceClient;
import org.initlab.platform.ServiceTest;
import org.initlab.training.Trainer;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.catalog.NetworkFiles;
import org.initlab.training.catalog.WeightsCatalog;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.spec.TrainingException;
import org.initlab.worker.Worker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import tools.jackson.databind.JsonNode;

/** Real attempts at a small run, with the test as its worker. */
@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class AttemptTest {
    private static final Worker WORKER = new Worker(UUID.randomUUID(), "tester", "here", "cpu", 2, 5, Duration.ZERO);

    @LocalServerPort
    int port;

    @Value("${initlab.home}")
    Path home;

    @Autowired
    RunClaims claims;

    @Autowired
    RunLedger ledger;

    @Autowired
    CheckpointStore checkpoints;

    @Autowired
    DatasetCatalog datasets;

    @Autowired
    WeightsCatalog weights;

    @Autowired
    NetworkFiles networks;

    @Autowired
    ObservationRegistry observations;

    @Autowired
    Clock clock;

    private ServiceClient client;
    private String experiment;
    private UUID run;

    @BeforeEach
    void submit() {
        client = new ServiceClient(port);
        experiment = client.submit(
                """
                {"dataset": {"name": "synthetic", "trainLimit": 64, "testLimit": 32, "positiveRate": 0.25},
                 "model": {"architecture": "efficientnet_b0"}, "biasInits": [{"type": "zeros"}],
                 "training": {"epochs": 2, "batchSize": 32}, "trials": 1}""");
        run = UUID.fromString(row().get("id").asString());
    }

    @Test
    void anErrorFailsTheRunAtItsFirstAttemptWithItsCause(CapturedOutput log) {
        attempt(event -> {
            throw new UnsatisfiedLinkError("/opt/pytorch/libtorch_cpu.so: undefined symbol");
        });

        assertThat(row().get("state").asString()).isEqualTo("FAILED");
        assertThat(row().get("attempts").asInt()).isEqualTo(1);
        String failure = row().get("failure").asString();
        assertThat(failure).startsWith("UnsatisfiedLinkError: libtorch_cpu.so: undefined symbol; ");
        String incident = failure.replaceAll(".*incident (\\w+).*", "$1");
        assertThat(log.getAll())
                .contains("incident " + incident)
                .contains("java.lang.UnsatisfiedLinkError: /opt/pytorch/libtorch_cpu.so")
                .contains("at org.initlab.training.TrainingLoop");
        assertThat(claims.claim(run, 1, WORKER)).isInstanceOf(Claim.NothingToDo.class);
    }

    @Test
    void anUnexpectedExceptionFailsTheRunWithoutItsText(CapturedOutput log) {
        attempt(event -> {
            throw new IllegalStateException("of no use to a user");
        });

        assertThat(row().get("state").asString()).isEqualTo("FAILED");
        assertThat(row().get("failure").asString())
                .startsWith("an unexpected error; see incident ")
                .doesNotContain("of no use");
        assertThat(log.getAll()).contains("java.lang.IllegalStateException: of no use to a user");
    }

    @Test
    void aRunThatWasCancelledIsNotSaidToHaveFailed(CapturedOutput log) {
        attempt(event -> {
            if (event instanceof WorkerEvent.EpochTimed) {
                client.post(experiment + "/cancel", "");
                throw new TrainingException("its checkpoints are gone");
            }
        });

        assertThat(row().get("state").asString()).isEqualTo("CANCELLED");
        assertThat(log.getAll())
                .contains("Stopped training: run " + run + " has been cancelled")
                .doesNotContain("its checkpoints are gone");
    }

    @Test
    void anOldCheckpointThatCannotBeDeletedDoesNotFailTheRun() throws IOException {
        Path stuck = folder().resolve("epoch-0000-step-1-attempt-0.safetensors");
        Files.createFile(Files.createDirectories(stuck).resolve("full"));

        attempt(event -> {});

        assertThat(row().get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(files())
                .containsExactlyInAnyOrder(stuck.getFileName().toString(), "epoch-0002-step-0-attempt-1.safetensors");
    }

    @Test
    void whoeverLosesTheRunWritesNothingMoreAndTheNextWorkerCheckpointsItsFirstStep() {
        List<Assignment> taken = new ArrayList<>();
        attempt(event -> {
            if (event instanceof WorkerEvent.EpochTimed && epochs() == 1) {
                taken.add(claim());
            }
        });
        assertThat(epochs()).isEqualTo(1);
        assertThat(row().get("state").asString()).isEqualTo("RUNNING");

        List<String> written = new ArrayList<>();
        perform(taken.get(0), new Telemetry(observations, event -> {
            if (event instanceof WorkerEvent.CheckpointWritten) {
                written.addAll(files());
            }
        }));

        assertThat(row().get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(written).contains("epoch-0000-step-1-attempt-2.safetensors");
        assertThat(epochs()).isEqualTo(3);
    }

    @Test
    void aRunWhoseImagesChangedFailsBeforeItsFirstEpochIsStored() throws IOException {
        writeImages("changing/round", Color.RED);
        writeImages("changing/square", Color.BLUE);
        experiment = client.submit(
                """
                {"dataset": {"name": "image_folder", "path": "changing"}, "model": {"architecture": "mobilenet_v3_small", "imageSize": 32},
                 "biasInits": [{"type": "zeros"}, {"type": "default"}], "training": {"epochs": 1, "batchSize": 8}, "trials": 1}""");
        run = UUID.fromString(row().get("id").asString());
        attempt(event -> {});
        assertThat(row().get("state").asString()).isEqualTo("SUCCEEDED");
        JsonNode data = client.get(experiment).body().get("dataset");
        assertThat(data.get("fingerprint").asString()).startsWith("sha256:v2:");

        Path image = home.resolve("datasets/changing/round/0.png");
        Files.write(image, Arrays.copyOf(Files.readAllBytes(image), (int) Files.size(image) + 1));
        run = UUID.fromString(
                client.get(experiment + "/runs").body().get(1).get("id").asString());
        attempt(event -> {});
        JsonNode failed = client.get(experiment + "/runs").body().get(1);
        assertThat(failed.get("state").asString()).isEqualTo("FAILED");
        assertThat(failed.get("failure").asString())
                .startsWith("the data changed since the experiment began (fingerprint");
        assertThat(failed.get("epochsDone").asInt()).isZero();
    }

    @Test
    void aResumedRunWhoseImagesChangedFailsBeforeItsNextEpochIsStored() throws IOException {
        writeImages("resumed/round", Color.RED);
        writeImages("resumed/square", Color.BLUE);
        experiment = client.submit(
                """
                {"dataset": {"name": "image_folder", "path": "resumed"}, "model": {"architecture": "mobilenet_v3_small", "imageSize": 32},
                 "biasInits": [{"type": "zeros"}], "training": {"epochs": 2, "batchSize": 8}, "trials": 1}""");
        run = UUID.fromString(row().get("id").asString());
        List<Assignment> taken = new ArrayList<>();
        attempt(event -> {
            if (event instanceof WorkerEvent.EpochTimed && epochs() == 2) {
                taken.add(claim());
            }
        });

        Path image = home.resolve("datasets/resumed/square/3.png");
        Files.write(image, Arrays.copyOf(Files.readAllBytes(image), (int) Files.size(image) + 1));
        perform(taken.get(0), new Telemetry(observations, event -> {}));

        assertThat(row().get("state").asString()).isEqualTo("FAILED");
        assertThat(row().get("failure").asString())
                .startsWith("the data changed since the experiment began (fingerprint");
        assertThat(epochs()).isEqualTo(2);
    }

    private void writeImages(String folder, Color colour) throws IOException {
        Path path = Files.createDirectories(home.resolve("datasets").resolve(folder));
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        image.setRGB(5, 5, colour.getRGB());
        for (int i = 0; i < 10; i++) {
            ImageIO.write(image, "png", path.resolve(i + ".png").toFile());
        }
    }

    private void attempt(ApplicationEventPublisher listener) {
        perform(claim(), new Telemetry(observations, listener));
    }

    private Assignment claim() {
        return ((Claim.Granted) claims.claim(run, 1, WORKER)).assignment();
    }

    private void perform(Assignment work, Telemetry telemetry) {
        Trainer trainer = new Trainer(datasets, weights, networks, PyTorch.device("cpu"));
        try (LeaseWatch watch = new LeaseWatch(ledger, work.lease(), Duration.ofSeconds(1))) {
            CheckpointPace pace = new CheckpointPace(Duration.ofMinutes(5), work.afterCrash(), clock);
            RunControl control = new RunControl(watch, () -> false, pace);
            OutagePatience patience = new OutagePatience(Duration.ofSeconds(1), () -> false);
            new Attempt(ledger, checkpoints, trainer, work, control, patience, telemetry).perform();
        }
    }

    private int epochs() {
        return client.get(experiment + "/metrics")
                .body()
                .at("/arms/0/trials/0/epochs")
                .size();
    }

    private Path folder() {
        return home.resolve("checkpoints").resolve(run.toString());
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(Path::getFileName).map(Path::toString).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode row() {
        return client.get(experiment + "/runs").body().get(0);
    }
}

package org.initlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.initlab.platform.InitLabProperties;
import org.initlab.platform.Role;
import org.initlab.platform.StartupException;
import org.initlab.training.PartialEpoch;
import org.initlab.training.Snapshot;
import org.initlab.training.weights.Safetensors;
import org.initlab.training.weights.StateDict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CheckpointStoreTest {
    private static final Lease LEASE = new Lease(UUID.randomUUID(), UUID.randomUUID(), 2, 1, false);

    @TempDir
    Path home;

    private CheckpointStore store;

    @BeforeEach
    void open() {
        store = new CheckpointStore(
                new InitLabProperties(home, EnumSet.allOf(Role.class), "cpu", false),
                new CheckpointProperties(null, null));
    }

    @Test
    void anOldCheckpointThatCannotBeDeletedIsLoggedOnceAndTheOthersAreDeleted(CapturedOutput log) throws IOException {
        List<CheckpointRef> checkpoints = List.of(write(LEASE, 0), write(LEASE, 1), write(LEASE, 2));
        Path stuck = file(checkpoints.get(0));
        Files.delete(stuck);
        Files.createFile(Files.createDirectory(stuck).resolve("full"));

        store.keepOnly(LEASE, checkpoints.subList(2, 3));
        store.keepOnly(LEASE, checkpoints.subList(2, 3));

        assertThat(stuck).exists();
        assertThat(file(checkpoints.get(1))).doesNotExist();
        assertThat(store.read(checkpoints.get(2)).epoch()).isEqualTo(2);
        assertThat(log.getAll()).containsOnlyOnce(stuck.getFileName() + " cannot be deleted");
    }

    @Test
    void aFolderThatCannotBeListedIsLogged(CapturedOutput log) throws IOException {
        Files.createFile(Files.createDirectories(home.resolve("checkpoints"))
                .resolve(LEASE.runId().toString()));

        store.keepOnly(LEASE, List.of(new CheckpointRef(0, 0, "gone", "hash")));

        assertThat(log.getAll()).contains("The old checkpoints of run " + LEASE.runId() + " stay");
    }

    @Test
    void aLaterAttemptsFilesAreItsOwn() {
        Lease later = new Lease(LEASE.runId(), LEASE.experimentId(), LEASE.attempt() + 1, 1, false);
        CheckpointRef earlier = write(LEASE, 0);
        CheckpointRef ofTheLater = write(later, 1);

        store.keepOnly(LEASE, List.of());

        assertThat(file(earlier)).doesNotExist();
        assertThat(file(ofTheLater)).exists();
    }

    @Test
    void aRunWithoutCheckpointsLeavesNoFolder() {
        CheckpointRef only = write(LEASE, 0);

        store.keepOnly(LEASE, List.of());

        assertThat(file(only).getParent()).doesNotExist();
    }

    @Test
    void aCheckpointThatIsNoSnapshotIsUnreadable() throws IOException {
        Path file = Files.createDirectories(home.resolve("checkpoints")).resolve("odd.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            Safetensors.write(new StateDict(Map.of()), Map.of("format", "2"), out);
        }
        String sha256 = DigestUtils.sha256Hex(Files.readAllBytes(file));

        assertThatExceptionOfType(UnreadableCheckpointException.class)
                .isThrownBy(() -> store.read(new CheckpointRef(1, 0, "odd.safetensors", sha256)))
                .withMessage("cannot be read: it is no snapshot: its metadata has no epoch");
    }

    @Test
    void aWorkersFolderMustBeWritable() throws IOException {
        Path file = Files.createFile(home.resolve("file"));

        for (Path folder : List.of(file, file.resolve("below"), Path.of("/proc/checkpoints"))) {
            assertThatExceptionOfType(StartupException.class)
                    .isThrownBy(() -> new CheckpointStore(service(Role.WORKER), new CheckpointProperties(folder, null)))
                    .withMessageContaining("Checkpoints cannot be written to " + folder + " (")
                    .satisfies(refusal -> assertThat(refusal.action()).contains("initlab.checkpoint.folder"));
            // an API's need not be there at all
            new CheckpointStore(service(Role.API), new CheckpointProperties(folder, null));
        }
        Path nested = home.resolve("a/b");
        new CheckpointStore(service(Role.WORKER), new CheckpointProperties(nested, null));
        assertThat(nested).isEmptyDirectory();
    }

    private InitLabProperties service(Role role) {
        return new InitLabProperties(home, EnumSet.of(role), "cpu", false);
    }

    private CheckpointRef write(Lease lease, int epoch) {
        return store.write(lease, new Snapshot(epoch, PartialEpoch.NONE, new StateDict(Map.of()), null, null));
    }

    private Path file(CheckpointRef checkpoint) {
        return home.resolve("checkpoints").resolve(checkpoint.file());
    }
}

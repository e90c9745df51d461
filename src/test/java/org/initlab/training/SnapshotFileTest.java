package org.initlab.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.initlab.training.weights.Safetensors;
import org.initlab.training.weights.StateDict;
import org.initlab.training.weights.StateDict.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {
    private static final StateDict STATE = new StateDict(Map.of(
            "optimizer.momentum_buffer.w",
            new Tensor(new long[] {1, 3, 1, 2}, new float[] {0, 1, 10, 11, 20, 21}),
            "backbone.w",
            new Tensor(new long[] {1, 3, 1, 2}, new float[] {0, 1, 10, 11, 20, 21})));

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = folder.resolve("now.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            SnapshotFile.write(new Snapshot(3, PartialEpoch.NONE, STATE), out);
        }
        Snapshot read = SnapshotFile.read(file);

        assertThat(read.epoch()).isEqualTo(3);
        assertThat(values(read, "optimizer.momentum_buffer.w")).containsExactly(0, 1, 10, 11, 20, 21);
    }

    /** Up to now the optimizer's tensors were written in the order of memory, which is channels-last for convolutions. */
    @Test
    void theOptimizersTensorsOfTheFirstFormatAreBroughtIntoTheOrderOfTheirShape() throws IOException {
        Path file = folder.resolve("before.safetensors");
        StateDict state = new StateDict(Map.of(
                "optimizer.momentum_buffer.w",
                new Tensor(new long[] {1, 3, 1, 2}, new float[] {0, 10, 20, 1, 11, 21}),
                "backbone.w",
                STATE.tensors().get("backbone.w")));
        try (OutputStream out = Files.newOutputStream(file)) {
            Safetensors.write(
                    state, Map.of("epoch", "3", "steps", "0", "rows", "0", "lossSum", "0", "seconds", "0"), out);
        }
        Snapshot read = SnapshotFile.read(file);

        assertThat(values(read, "optimizer.momentum_buffer.w")).containsExactly(0, 1, 10, 11, 20, 21);
        assertThat(values(read, "backbone.w")).containsExactly(0, 1, 10, 11, 20, 21);
    }

    private static float[] values(Snapshot snapshot, String name) {
        return snapshot.state().tensors().get(name).values();
    }
}

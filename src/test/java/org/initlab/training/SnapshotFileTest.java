package org.initlab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.DType;
import org.initlab.training.weights.Safetensors;
import org.initlab.training.weights.SafetensorsExcerpt;
import org.initlab.training.weights.StateDict;
import org.initlab.training.weights.StateDict.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotFileTest {
    private static final StateDict STATE = new StateDict(Map.of(
            "optimizer.momentum_buffer.w",
            new Tensor(new long[] {1, 3, 1, 2}, new float[] {0, 1, 10, 11, 20, 21}),
            "backbone.w",
            new Tensor(new long[] {1, 3, 1, 2}, new float[] {0, 1, 10, 11, 20, 21})));

    private static final Map<String, String> COUNTS =
            Map.of("epoch", "3", "steps", "2", "rows", "8", "lossSum", "1.5", "seconds", "0.1", "format", "2");

    private static final Predictions PREDICTIONS =
            new Predictions(new byte[] {0, 1, 1}, new float[] {-1.1f, 0.3f, Float.NaN});

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = folder.resolve("now.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            SnapshotFile.write(new Snapshot(3, PartialEpoch.NONE, STATE, 7L, PREDICTIONS), out);
        }
        Snapshot read = SnapshotFile.read(file);

        assertThat(read.epoch()).isEqualTo(3);
        assertThat(values(read, "optimizer.momentum_buffer.w")).containsExactly(0, 1, 10, 11, 20, 21);
        assertThat(read.state().tensors()).hasSize(2);
        assertThat(read.batches()).isEqualTo(7);
        assertThat(read.predictions().labels()).isEqualTo(PREDICTIONS.labels());
        assertThat(read.predictions().logits()).isEqualTo(PREDICTIONS.logits());
    }

    /** PyTorch refuses elements that begin elsewhere than at a multiple of their size. */
    @Test
    void theWeightsInItAreAFileOfTheirOwnWithEachElementInItsPlace() throws IOException {
        StateDict state = new StateDict(Map.of(
                "flag", new Tensor(new long[] {1}, new float[] {1}, DType.BOOL),
                "module.seen", new Tensor(new long[0], new float[] {5}, DType.I64),
                "bn.running_mean", new Tensor(new long[] {1}, new float[] {0.5f}),
                "optimizer.momentum_buffer.w", new Tensor(new long[] {1}, new float[] {9})));
        Path file = folder.resolve("snapshot.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            SnapshotFile.write(new Snapshot(3, PartialEpoch.NONE, state, 7L, PREDICTIONS), out);
        }
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (FileChannel source = FileChannel.open(file)) {
            SafetensorsExcerpt weights = SnapshotContent.of(source).weights(Map.of("arm", "default"));
            weights.writeTo(written);
            assertThat(weights.length()).isEqualTo(written.size());
        }
        Path excerpt = Files.write(folder.resolve("weights.safetensors"), written.toByteArray());

        assertThat(Safetensors.readMetadata(excerpt)).isEqualTo(Map.of("arm", "default", "format", "pt"));
        Map<String, Tensor> tensors = Safetensors.read(excerpt).tensors();
        assertThat(tensors).containsOnlyKeys("bn.num_batches_tracked", "module.seen", "bn.running_mean", "flag");
        assertThat(tensors.get("bn.num_batches_tracked").values()).containsExactly(7);
        assertThat(tensors.get("module.seen").values()).containsExactly(5);
        assertThat(tensors.values())
                .extracting(Tensor::type)
                .containsExactly(DType.I64, DType.I64, DType.F32, DType.BOOL);
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

    /** {@code -} leaves it out. */
    @ParameterizedTest
    @CsvSource({
        "epoch, -, its metadata has no epoch",
        "epoch, three, the epoch in its metadata is not a number",
        "steps, '', the steps in its metadata is not a number",
        "steps, 99999999999, the steps in its metadata is not a number",
        "rows, -, its metadata has no rows",
        "rows, 1.5, the rows in its metadata is not a number",
        "lossSum, x, the lossSum in its metadata is not a number",
        "seconds, -, its metadata has no seconds"
    })
    void aFileWhoseCountsAreMissingOrNoNumbersIsNoSnapshot(String name, String value, String reason)
            throws IOException {
        Map<String, String> counts = new HashMap<>(COUNTS);
        counts.put(name, value);
        counts.values().removeIf("-"::equals);

        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> SnapshotFile.read(written(counts, 2, 2)))
                .withMessage("it is no snapshot: " + reason);
    }

    @Test
    void soIsOneWithLossesOfOtherSteps() throws IOException {
        Path file = written(COUNTS, 2, 1);

        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> SnapshotFile.read(file))
                .withMessage("it is no snapshot: it has losses for other steps than it names");
        assertThat(SnapshotFile.read(written(COUNTS, 2, 2)).partial().steps()).isEqualTo(2);
    }

    private Path written(Map<String, String> counts, int steps, int losses) throws IOException {
        Path file = folder.resolve("odd.safetensors");
        StateDict state = new StateDict(Map.of(
                "progress.steps",
                new Tensor(new long[] {steps}, new float[steps]),
                "progress.losses",
                new Tensor(new long[] {losses}, new float[losses])));
        try (OutputStream out = Files.newOutputStream(file)) {
            Safetensors.write(state, counts, out);
        }
        return file;
    }

    private static float[] values(Snapshot snapshot, String name) {
        return snapshot.state().tensors().get(name).values();
    }
}

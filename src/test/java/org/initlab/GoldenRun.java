package org.initlab;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.initlab.training.network.BinaryClassifier;
import org.initlab.training.network.Golden;
import org.initlab.training.weights.Safetensors;

/** The files of the runs that {@code golden/http_run.py} and {@code golden/http_networks.py} make in PyTorch. */
final class GoldenRun {
    static final int TRAIN_ROWS = 60;
    private static final int TEST_ROWS = 40;
    private static final int FROG = 6;

    private GoldenRun() {}

    /**
     * Writes a classifier's weights below a home.
     *
     * @param shapes closed afterwards
     */
    static void writeWeights(Path home, BinaryClassifier shapes, double gain, String name) throws IOException {
        Path folder = Files.createDirectories(home.resolve("weights"));
        try (shapes;
                OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            Safetensors.write(Golden.weights(shapes.stateDict(), "run/", gain), Map.of("format", "pt"), out);
        }
    }

    /** Writes a short CIFAR-10 below a home; the rows for training make one batch. */
    static void writeData(Path home) throws IOException {
        Path folder = Files.createDirectories(home.resolve("datasets/cifar-10-batches-bin"));
        int rowsAFile = TRAIN_ROWS / 5;
        for (int file = 0; file < 5; file++) {
            writeRecords(folder.resolve("data_batch_" + (file + 1) + ".bin"), "train", file * rowsAFile, rowsAFile);
        }
        writeRecords(folder.resolve("test_batch.bin"), "test", 0, TEST_ROWS);
    }

    private static void writeRecords(Path file, String split, int first, int rows) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int row = first; row < first + rows; row++) {
                out.write(row % 5 == 0 ? FROG : 0);
                float[] pixels = Golden.symmetric("run/" + split + "/" + row, 3072, s -> Math.floor(128 * (s + 1)));
                for (float pixel : pixels) {
                    out.write((int) pixel);
                }
            }
        }
    }
}

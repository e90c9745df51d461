package org.initlab.training.data.images;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Small files in CIFAR-10's binary layout: ten rows each, of the classes 0 to 9; each plane of a row is a single value.
 */
public final class CifarFiles {
    static final List<String> NAMES = List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin",
            "test_batch.bin");

    private CifarFiles() {}

    public static Path write(Path datasets) throws IOException {
        Path folder = Files.createDirectories(datasets.resolve("cifar-10-batches-bin"));
        for (int file = 0; file < NAMES.size(); file++) {
            Files.write(folder.resolve(NAMES.get(file)), records(file));
        }
        return folder;
    }

    static byte[] records(int file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int row = 0; row < 10; row++) {
            bytes.write(row);
            for (int i = 0; i < 3072; i++) {
                bytes.write(value(file, row, i / 1024));
            }
        }
        return bytes.toByteArray();
    }

    static int value(int file, int row, int channel) {
        return 40 * file + 4 * row + channel;
    }
}

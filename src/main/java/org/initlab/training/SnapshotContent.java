package org.initlab.training;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.initlab.training.weights.SafetensorsExcerpt;
import org.initlab.training.weights.SafetensorsSource;
import org.initlab.training.weights.StateDict.Tensor;

/** What other programs can use of a snapshot's file. */
public final class SnapshotContent {
    private static final String OF_BATCH_NORM = ".running_mean";
    private static final String BATCH_COUNT = ".num_batches_tracked";

    private final SafetensorsSource file;

    private SnapshotContent(SafetensorsSource file) {
        this.file = file;
    }

    /**
     * Opens a file that {@link SnapshotFile#write} wrote.
     *
     * @param file borrowed
     * @throws IOException if it cannot be read or is no safetensors file
     */
    public static SnapshotContent of(FileChannel file) throws IOException {
        return new SnapshotContent(SafetensorsSource.of(file));
    }

    /**
     * The parameters and buffers as PyTorch's {@code state_dict()} has them, with the {@code num_batches_tracked} of each BatchNorm:
     * how many batches the run has trained it on, or 0 in a file from before these were counted.
     *
     * @param about what to say of them in the file's metadata
     */
    public SafetensorsExcerpt weights(Map<String, String> about) {
        Map<String, String> metadata = new LinkedHashMap<>(about);
        metadata.put("format", "pt");
        return file.excerpt(name -> !isOurs(name), batchCounts(), metadata);
    }

    private static boolean isOurs(String name) {
        return ModelState.isOptimizers(name) || SnapshotFile.isProgress(name);
    }

    private Map<String, Long> batchCounts() {
        Set<String> names = Set.copyOf(file.names());
        long batches = Long.parseLong(file.metadata().getOrDefault(SnapshotFile.BATCHES, "0"));
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String name : file.names()) {
            if (name.endsWith(OF_BATCH_NORM) && !isOurs(name)) {
                String count = name.substring(0, name.length() - OF_BATCH_NORM.length()) + BATCH_COUNT;
                // a module of the user's own counts itself
                if (!names.contains(count)) {
                    counts.put(count, batches);
                }
            }
        }
        return counts;
    }

    /**
     * What the network said of the test split after the snapshot's epoch; empty in a file from before this was kept.
     *
     * @throws IOException if the file cannot be read
     */
    public Optional<Predictions> predictions() throws IOException {
        Optional<Tensor> labels = file.read(SnapshotFile.LABELS);
        Optional<Tensor> logits = file.read(SnapshotFile.LOGITS);
        return labels.isPresent() && logits.isPresent()
                ? Optional.of(SnapshotFile.predictions(labels.get(), logits.get()))
                : Optional.empty();
    }
}

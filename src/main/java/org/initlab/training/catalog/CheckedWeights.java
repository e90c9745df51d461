package org.initlab.training.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.initlab.training.network.Architecture;
import org.initlab.training.network.NetworkTensors;
import org.initlab.training.spec.FeatureShape;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.RowShape;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.Outline;
import org.initlab.training.weights.StateDicts;
import org.jspecify.annotations.Nullable;

/** Whether files in the weights folder fit networks, found from names and shapes and remembered as long as a file stays the same. */
final class CheckedWeights {
    private static final int MOST_REMEMBERED = 64;
    private static final float LOAD_FACTOR = 0.75f;

    private final Path folder;
    private final Map<Stamp, Finding> findings = new LinkedHashMap<>(MOST_REMEMBERED, LOAD_FACTOR, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Stamp, Finding> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** What of a file changes when its content does; {@code key} is its inode. */
    private record Stamp(String name, long size, FileTime modified, Object key, NetworkKey network) {}

    /** What of a spec decides on its network's tensors. */
    private record NetworkKey(
            String architecture,
            ModelSpec.@Nullable Head head,
            @Nullable List<Integer> hidden,
            @Nullable RowShape rows) {
        static NetworkKey of(ModelSpec model, @Nullable RowShape rows) {
            return new NetworkKey(
                    model.architecture(), model.head(), model.hidden(), rows instanceof FeatureShape ? rows : null);
        }
    }

    private record Finding(Optional<String> misfit, Optional<String> warning) {}

    CheckedWeights(Path folder) {
        this.folder = folder;
    }

    /**
     * Checks the file that a model names, one at a time, as the names of a hostile one take much memory.
     *
     * @param model resolved by the architecture
     * @param rows the shape of the data's rows, which the network is defined for
     * @return what a user should know before using it
     * @throws TrainingException if the file is not there, not sound, or does not fit
     */
    synchronized Optional<String> check(Architecture architecture, ModelSpec model, @Nullable RowShape rows) {
        String name = model.weights();
        Stamp stamp = stamp(StateDicts.locate(folder, name), name, NetworkKey.of(model, rows));
        Finding finding = findings.get(stamp);
        if (finding == null) {
            finding = find(name, NetworkTensors.of(architecture, model, rows));
            findings.put(stamp, finding);
        }
        finding.misfit.ifPresent(misfit -> {
            throw new TrainingException(misfit);
        });
        return finding.warning;
    }

    /** A file that cannot be read is tried again, as that may change without the stamp. */
    private Finding find(String name, NetworkTensors network) {
        Outline outline = StateDicts.outline(folder, name, network.byEveryName());
        try {
            network.requireFit(outline);
            return new Finding(Optional.empty(), outline.warning());
        } catch (TrainingException e) {
            return new Finding(Optional.of(name + ": " + e.getMessage()), outline.warning());
        }
    }

    private static Stamp stamp(Path file, String name, NetworkKey network) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(name, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey(), network);
        } catch (IOException e) {
            throw new TrainingException("The weights file " + name + " cannot be opened", e);
        }
    }
}

package org.initlab.training.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.initlab.training.network.Architecture;
import org.initlab.training.network.NetworkTensors;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.Outline;
import org.initlab.training.weights.StateDicts;

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
    private record Stamp(String name, long size, FileTime modified, Object key, String architecture) {}

    private record Finding(Optional<String> misfit, Optional<String> warning) {}

    CheckedWeights(Path folder) {
        this.folder = folder;
    }

    /**
     * Checks a file, one at a time, as the names of a hostile one take much memory.
     *
     * @return what a user should know before using it
     * @throws TrainingException if the file is not there, not sound, or does not fit
     */
    synchronized Optional<String> check(String name, Architecture architecture) {
        Stamp stamp = stamp(StateDicts.locate(folder, name), name, architecture);
        Finding finding = findings.get(stamp);
        if (finding == null) {
            finding = find(name, tensors(architecture));
            findings.put(stamp, finding);
        }
        finding.misfit.ifPresent(misfit -> {
            throw new TrainingException(misfit);
        });
        return finding.warning;
    }

    /** What a network's tensors are called does not depend on a spec's rates and sizes. */
    static NetworkTensors tensors(Architecture architecture) {
        return NetworkTensors.of(architecture, architecture.defaults());
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

    private static Stamp stamp(Path file, String name, Architecture architecture) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(
                    name, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey(), architecture.name());
        } catch (IOException e) {
            throw new TrainingException("The weights file " + name + " cannot be opened", e);
        }
    }
}

package org.initlab.training.data.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.initlab.training.spec.TrainingException;

/** A folder of images below the datasets folder. Links are followed as long as they stay within the datasets folder. */
final class ImageTree {
    private final Path datasets;
    private final Path root;

    /**
     * Opens a folder.
     *
     * @param datasets nothing outside this folder is read
     * @param path the folder below it
     * @throws TrainingException if there is no such folder or it lies outside
     */
    ImageTree(Path datasets, String path) {
        this.datasets = datasets.toAbsolutePath().normalize();
        root = find(path)
                .filter(Files::isDirectory)
                .orElseThrow(() -> new TrainingException("there is no folder " + this.datasets.getFileName() + "/"
                        + path + " below initlab.home; put the images there"));
        checkInside(root);
    }

    /** Whether a folder is there, as a user names it. */
    static boolean exists(Path datasets, String path) {
        try {
            return new ImageTree(datasets, path).root() != null;
        } catch (TrainingException e) {
            return false;
        }
    }

    Path root() {
        return root;
    }

    private Optional<Path> find(String path) {
        if (path == null || path.isBlank()) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "image_folder needs dataset.path: the folder below %s that holds the images",
                    datasets.getFileName()));
        }
        if (path.indexOf('\0') >= 0) {
            throw new TrainingException("dataset.path has characters that are not allowed in a path");
        }
        try {
            Path resolved = datasets.resolve(path).normalize();
            if (!resolved.startsWith(datasets)) {
                throw outside(path);
            }
            if (Files.exists(resolved)) {
                return Optional.of(resolved);
            }
        } catch (InvalidPathException e) {
            // the process's locale cannot express it; the folders' own lists may
        }
        return FileNames.find(datasets, String.join("/", inside(path)));
    }

    /** The names from the datasets folder on, without {@code .} and {@code ..}. */
    private List<String> inside(String path) {
        List<String> names = new ArrayList<>();
        for (String name : Arrays.asList(path.split("/", -1))) {
            if (name.equals("..")) {
                if (names.isEmpty()) {
                    throw outside(path);
                }
                names.remove(names.size() - 1);
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return names;
    }

    /** A path below {@code initlab.home}, for messages. */
    String name(Path path) {
        Path relative = datasets.relativize(path);
        List<Path> parts = StreamSupport.stream(relative.spliterator(), false).toList();
        return datasets.getFileName() + "/" + parts.stream().map(FileNames::of).collect(Collectors.joining("/"));
    }

    /**
     * Refuses what a link has outside of the datasets folder.
     *
     * @throws TrainingException where it leaves it
     */
    void checkInside(Path path) {
        if (!real(path).startsWith(real(datasets))) {
            throw outside(name(path));
        }
    }

    /** Where a path leads when all links are followed. */
    Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private TrainingException outside(String path) {
        return new TrainingException(String.format(
                Locale.ROOT,
                "%s points outside the folder %s below initlab.home; put the images inside it",
                path,
                datasets.getFileName()));
    }

    TrainingException unreadable(Path path, IOException cause) {
        return new TrainingException(
                "cannot read " + name(path) + " (" + DataFolder.reason(cause) + "); check it and its permissions",
                cause);
    }
}

package org.initlab.training.data.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.initlab.training.spec.TrainingException;

/** The user's own files below the datasets folder. Links are followed as long as they stay within it. */
public final class UserFiles {
    private final Path datasets;
    private final String contents;

    /**
     * Looks below a folder.
     *
     * @param datasets nothing outside this folder is read
     * @param contents what the user puts there, for messages: "the images"
     */
    public UserFiles(Path datasets, String contents) {
        this.datasets = datasets.toAbsolutePath().normalize();
        this.contents = contents;
    }

    /**
     * Finds a file or a folder.
     *
     * @param path below the datasets folder, as the user writes it
     * @return nothing where there is none
     * @throws TrainingException if it lies outside, or its name cannot be one
     */
    public Optional<Path> find(String path) {
        if (path.indexOf('\0') >= 0) {
            throw new TrainingException("a name has characters that are not allowed in a path");
        }
        Optional<Path> found = resolve(path);
        found.ifPresent(this::checkInside);
        return found;
    }

    private Optional<Path> resolve(String path) {
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
        for (String name : path.split("/", -1)) {
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

    /** A path as the user writes it, from {@code initlab.home} on, for messages. */
    public String named(String path) {
        return datasets.getFileName() + "/" + path;
    }

    /** A path below {@code initlab.home}, for messages. */
    public String name(Path path) {
        if (path.equals(datasets)) {
            return datasets.getFileName().toString();
        }
        Path relative = datasets.relativize(path);
        List<Path> parts = StreamSupport.stream(relative.spliterator(), false).toList();
        return datasets.getFileName() + "/" + parts.stream().map(FileNames::of).collect(Collectors.joining("/"));
    }

    /**
     * Refuses what a link has outside of the datasets folder.
     *
     * @throws TrainingException where it leaves it
     */
    public void checkInside(Path path) {
        if (!real(path).startsWith(real(datasets))) {
            throw outside(name(path));
        }
    }

    /** Where a path leads when all links are followed. */
    public Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private TrainingException outside(String path) {
        return new TrainingException(String.format(
                Locale.ROOT,
                "%s points outside the folder %s below initlab.home; put %s inside it",
                path,
                datasets.getFileName(),
                contents));
    }

    /** A file that is there and cannot be read. */
    public TrainingException unreadable(Path path, IOException cause) {
        return new TrainingException(
                "cannot read " + name(path) + " (" + ReadFault.reason(cause) + "); check it and its permissions",
                cause);
    }
}

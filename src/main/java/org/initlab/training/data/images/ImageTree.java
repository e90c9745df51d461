package org.initlab.training.data.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.initlab.training.spec.TrainingException;

/**
 * Class folders and their images, sorted by name as torchvision's {@code ImageFolder} sorts them. Links are followed as
 * long as they stay within the datasets folder; names with a leading dot are skipped.
 */
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
        root = resolve(path);
        if (!Files.isDirectory(root)) {
            throw new TrainingException(
                    "there is no folder " + name(root) + " below initlab.home; put the images there");
        }
        checkInside(root);
    }

    private Path resolve(String path) {
        if (path == null || path.isBlank()) {
            throw new TrainingException(String.format(
                    "image_folder needs dataset.path: the folder below %s that holds the images",
                    datasets.getFileName()));
        }
        try {
            Path resolved = datasets.resolve(path).normalize();
            if (!resolved.startsWith(datasets)) {
                throw outside(path);
            }
            return resolved;
        } catch (InvalidPathException e) {
            throw new TrainingException("dataset.path has characters that are not allowed in a path", e);
        }
    }

    /**
     * Whether the tree is split into {@code train} and {@code test}.
     *
     * @throws TrainingException if only one of them exists
     */
    boolean isSplit() {
        boolean train = Files.isDirectory(root.resolve("train"));
        if (train != Files.isDirectory(root.resolve("test"))) {
            throw new TrainingException(
                    name(root) + " has only one of train and test; add the other, or put the class folders "
                            + "there without either");
        }
        return train;
    }

    /**
     * The names of the class folders.
     *
     * @param part {@code train}, {@code test}, or empty for a tree that is not split
     * @throws TrainingException if there are none, or a link leaves the datasets folder
     */
    List<String> classNames(String part) {
        Path folder = root.resolve(part);
        checkInside(folder);
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> names = entries.filter(entry -> Files.isDirectory(entry) && !isHidden(entry.getFileName()))
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
            if (names.isEmpty()) {
                throw new TrainingException(name(folder) + " holds no folders; put one there for each class");
            }
            return names;
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /**
     * The images of one class, however deep in its folder.
     *
     * @throws TrainingException if there are none, a file's name is not that of an image, or a link leaves the datasets
     *     folder
     */
    List<Path> images(String part, String className) {
        Path folder = root.resolve(part).resolve(className);
        List<Path> images = new ArrayList<>();
        for (Path path : walk(folder)) {
            checkInside(path);
            if (!Files.isDirectory(path) && !isHidden(root.relativize(path))) {
                checkExtension(path);
                images.add(path);
            }
        }
        if (images.isEmpty()) {
            throw new TrainingException(name(folder) + " holds no image; put some there or remove the folder");
        }
        return images;
    }

    private List<Path> walk(Path folder) {
        try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return paths.sorted().toList();
        } catch (UncheckedIOException e) {
            throw unreadable(folder, e.getCause());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** A path below {@code initlab.home}, for messages. */
    String name(Path path) {
        return datasets.getFileName() + "/" + datasets.relativize(path);
    }

    private void checkInside(Path path) {
        try {
            if (!path.toRealPath().startsWith(datasets.toRealPath())) {
                throw outside(name(path));
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private void checkExtension(Path file) {
        String fileName = file.getFileName().toString();
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!ImageDecoder.EXTENSIONS.contains(extension)) {
            throw new TrainingException(
                    name(file) + " is not a PNG, JPEG, BMP, GIF or WebP image; convert or remove it");
        }
    }

    private static boolean isHidden(Path path) {
        return StreamSupport.stream(path.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
    }

    private TrainingException outside(String path) {
        return new TrainingException(String.format(
                "%s points outside the folder %s below initlab.home; put the images inside it",
                path, datasets.getFileName()));
    }

    private TrainingException unreadable(Path path, IOException cause) {
        return new TrainingException(
                "cannot read " + name(path) + " (" + DataFolder.reason(cause) + "); check it and its permissions",
                cause);
    }
}

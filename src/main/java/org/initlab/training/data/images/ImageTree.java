package org.initlab.training.data.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.initlab.training.data.files.UserFiles;
import org.initlab.training.spec.TrainingException;

/** A folder of images below the datasets folder. Links are followed as long as they stay within the datasets folder. */
final class ImageTree {
    private final UserFiles files;
    private final Path root;

    /**
     * Opens a folder.
     *
     * @param datasets nothing outside this folder is read
     * @param path the folder below it
     * @throws TrainingException if there is no such folder or it lies outside
     */
    ImageTree(Path datasets, String path) {
        files = new UserFiles(datasets, "the images");
        if (path == null || path.isBlank()) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "image_folder needs dataset.path: the folder below %s that holds the images",
                    datasets.getFileName()));
        }
        root = files.find(path)
                .filter(Files::isDirectory)
                .orElseThrow(() -> new TrainingException(
                        "there is no folder " + files.named(path) + " below initlab.home; put the images there"));
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

    /** A path below {@code initlab.home}, for messages. */
    String name(Path path) {
        return files.name(path);
    }

    /**
     * Refuses what a link has outside of the datasets folder.
     *
     * @throws TrainingException where it leaves it
     */
    void checkInside(Path path) {
        files.checkInside(path);
    }

    /** Where a path leads when all links are followed. */
    Path real(Path path) {
        return files.real(path);
    }

    TrainingException unreadable(Path path, IOException cause) {
        return files.unreadable(path, cause);
    }
}

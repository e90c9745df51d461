package org.initlab.training.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.initlab.training.spec.TrainingException;

/** A file that the user has put into one of the folders of {@code initlab.home}. */
public final class UserFile {
    private UserFile() {}

    /**
     * Finds a file below a folder.
     *
     * @param folder a child of {@code initlab.home}
     * @param kind what to call the file, such as {@code weights file}
     * @param name the file's path below the folder
     * @throws TrainingException if the name or a link leaves the folder, or the file is missing
     */
    public static Path locate(Path folder, String kind, String name) {
        Path file;
        try {
            file = folder.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new TrainingException("The " + kind + "'s name has a character that is not allowed in a path", e);
        }
        String shown = folder.getFileName() + "/" + name;
        if (!file.startsWith(folder.normalize())) {
            throw new TrainingException(
                    "The " + kind + " " + name + " is outside the " + folder.getFileName() + " folder; copy it there");
        }
        if (!Files.isRegularFile(file)) {
            throw new TrainingException("The " + kind + " " + shown
                    + " does not exist (the path is relative to initlab.home); put it there or name another");
        }
        checkLinks(folder, kind, file, shown);
        return file;
    }

    private static void checkLinks(Path folder, String kind, Path file, String shown) {
        try {
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw new TrainingException("The " + kind + " " + shown + " is a link to outside the "
                        + folder.getFileName() + " folder; copy the file there");
            }
        } catch (IOException e) {
            throw new TrainingException("The " + kind + " " + shown + " cannot be opened", e);
        }
    }
}

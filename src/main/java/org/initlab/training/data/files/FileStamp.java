package org.initlab.training.data.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.initlab.training.spec.TrainingException;

/** Tells whether a file has changed since it was read. */
public record FileStamp(Path path, long bytes, FileTime modified) {
    /** The file as it is now. */
    public static FileStamp of(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileStamp(path, attributes.size(), attributes.lastModifiedTime());
        } catch (IOException e) {
            throw new TrainingException(
                    "cannot read " + path.getFileName() + " (" + ReadFault.reason(e)
                            + "); check the file and its permissions",
                    e);
        }
    }

    /** Whether the file is still the same, as far as its size and time tell. */
    public boolean isCurrent() {
        try {
            return equals(of(path));
        } catch (TrainingException e) {
            return false;
        }
    }
}

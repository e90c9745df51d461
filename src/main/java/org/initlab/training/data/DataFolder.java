package org.initlab.training.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.initlab.training.TrainingException;

/** A data set's folder below the datasets folder; in messages it goes by its path below {@code initlab.home}. */
record DataFolder(Path datasets, String name) {
    Path path() {
        return datasets.resolve(name);
    }

    Path path(String file) {
        return path().resolve(file);
    }

    String location() {
        return datasets.getFileName() + "/" + name;
    }

    String location(String file) {
        return location() + "/" + file;
    }

    boolean holds(List<String> files) {
        return files.stream().map(this::path).allMatch(Files::isRegularFile);
    }

    long size(String file) {
        try {
            return Files.size(path(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    DataInputStream open(String file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(path(file)), 1 << 16));
    }

    /** What a user sees when a file cannot be read: its name and the system's reason, which does not repeat its path. */
    TrainingException unreadable(String file, IOException cause) {
        String reason = cause instanceof EOFException
                ? "it ends too early"
                : cause.getClass().getSimpleName();
        return new TrainingException(
                "cannot read " + location(file) + " (" + reason + "); check the file and its rights", cause);
    }

    /** Changes when a file does. */
    List<FileStamp> stamps(List<String> files) {
        return files.stream().map(this::path).map(FileStamp::of).toList();
    }
}

package org.initlab.training.data.images;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.initlab.training.spec.TrainingException;

/** A data set's folder below the datasets folder; messages show its path below {@code initlab.home}. */
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

    TrainingException unreadable(String file, IOException cause) {
        return new TrainingException(
                "cannot read " + location(file) + " (" + reason(cause) + "); check the file and its permissions",
                cause);
    }

    /** Why a file cannot be read, without the path that the system's own messages contain. */
    static String reason(IOException cause) {
        if (cause instanceof EOFException) {
            return "it ends too early";
        }
        return cause instanceof FileSystemException || cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getMessage();
    }

    /** Changes when one of the files does. */
    List<FileStamp> stamps(List<String> files) {
        return files.stream().map(this::path).map(FileStamp::of).toList();
    }
}

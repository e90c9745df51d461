package org.initlab.training.data.images;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.initlab.training.data.files.FileStamp;
import org.initlab.training.data.files.ReadFault;
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
                "cannot read " + location(file) + " (" + ReadFault.reason(cause)
                        + "); check the file and its permissions",
                cause);
    }

    /** Changes when one of the files does. */
    List<FileStamp> stamps(List<String> files) {
        return files.stream().map(this::path).map(FileStamp::of).toList();
    }

    /** A number that is another one once a file has changed, even to one of the same size and time: the files' sizes never tell. */
    int stamp(List<String> files) {
        return files.stream().map(this::stamp).toList().hashCode();
    }

    private List<Object> stamp(String file) {
        Path path = path(file);
        FileStamp stamp = FileStamp.of(path);
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            // only Unix knows when a file was replaced
            return List.of(stamp);
        }
        try {
            return List.of(stamp, Files.getAttribute(path, "unix:ctime"));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** What tells this folder from those of other data folders that share a cache. */
    String identity() {
        return path().toAbsolutePath().normalize().toString();
    }
}

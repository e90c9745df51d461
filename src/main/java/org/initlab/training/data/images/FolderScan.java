package org.initlab.training.data.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.initlab.training.data.files.FileNames;
import org.initlab.training.data.files.FileStamp;
import org.initlab.training.spec.TrainingException;

/**
 * One pass over a tree: which files are images by their extensions, as torchvision's {@code ImageFolder} tells them, and
 * how many others there are. One system call per file, so that a request can wait: a million files take some seconds.
 */
final class FolderScan {
    private final ImageTree tree;
    private final List<FileStamp> folders = new ArrayList<>();
    private final Map<String, Integer> others = new TreeMap<>();
    private int ignored;

    FolderScan(ImageTree tree) {
        this.tree = tree;
    }

    /** Every folder seen: adding, removing or renaming a file changes one of them. */
    List<FileStamp> folders() {
        return folders;
    }

    /** How many files were left out. */
    int ignored() {
        return ignored;
    }

    /** How many of the files left out have which extension, but those that systems write on their own. */
    Map<String, Integer> others() {
        return others;
    }

    /** The folders directly inside one, in their order. */
    List<Path> folders(Path folder) {
        tree.checkInside(folder);
        return entries(folder).stream()
                .filter(entry -> Files.isDirectory(entry) && !isHidden(entry))
                .toList();
    }

    /** One level: its folders in their order, and how many images lie beside them. */
    record Level(List<Path> folders, int images) {}

    /**
     * Looks at one level; the files there are left out.
     *
     * @throws TrainingException when it cannot be read, or a link leaves the datasets folder
     */
    Level level(Path folder) {
        tree.checkInside(folder);
        List<Path> inside = new ArrayList<>();
        int images = 0;
        for (Path entry : entries(folder)) {
            if (Files.isDirectory(entry)) {
                if (!isHidden(entry)) {
                    inside.add(entry);
                }
            } else {
                images += isImage(entry) ? 1 : 0;
                leaveOut(entry);
            }
        }
        return new Level(inside, images);
    }

    /** The images of one class, in the order of their paths' bytes, and the names of the folders directly inside. */
    record ClassFiles(List<Path> images, Set<String> folders) {}

    /**
     * Looks for the images of one class, however deep.
     *
     * @throws TrainingException when there are none, or a link leaves the datasets folder or leads in a circle
     */
    ClassFiles images(Path folder) {
        ClassFiles found = new ClassFiles(new ArrayList<>(), new TreeSet<>());
        tree.checkInside(folder);
        walk(folder, new ArrayList<>(), found);
        if (found.images().isEmpty()) {
            throw new TrainingException(tree.name(folder) + " holds no image; put some there (" + ImageDecoder.FORMATS
                    + ") or remove the folder");
        }
        Collections.sort(found.images());
        return found;
    }

    private void walk(Path folder, List<Path> above, ClassFiles found) {
        Path real = tree.real(folder);
        if (above.contains(real)) {
            throw new TrainingException(tree.name(folder) + " is a link that leads in a circle; remove it");
        }
        above.add(real);
        List<Path> entries = entries(folder);
        // a file's kind is a system call, of which many can wait at once
        List<Boolean> directories =
                entries.parallelStream().map(this::isDirectory).toList();
        for (int i = 0; i < entries.size(); i++) {
            Path entry = entries.get(i);
            if (directories.get(i)) {
                if (!isHidden(entry)) {
                    if (above.size() == 1) {
                        found.folders().add(FileNames.of(entry));
                    }
                    walk(entry, above, found);
                }
            } else if (isImage(entry)) {
                found.images().add(entry);
            } else {
                leaveOut(entry);
            }
        }
        above.remove(above.size() - 1);
    }

    /** Only a link can lead outside, and only of links the target is asked for. */
    private boolean isDirectory(Path entry) {
        try {
            BasicFileAttributes own = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (isHidden(entry)) {
                return own.isDirectory();
            }
            return own.isSymbolicLink() ? isDirectoryBehind(entry) : isDirectory(entry, own);
        } catch (IOException e) {
            throw tree.unreadable(entry, e);
        }
    }

    private boolean isDirectoryBehind(Path link) throws IOException {
        if (!Files.isDirectory(link) && !isImage(link)) {
            return false;
        }
        tree.checkInside(link);
        return isDirectory(link, Files.readAttributes(link, BasicFileAttributes.class));
    }

    /** Refuses pipes and devices with an image's name: whoever opened one might wait for ever. */
    private boolean isDirectory(Path entry, BasicFileAttributes attributes) {
        if (attributes.isOther() && isImage(entry)) {
            throw new TrainingException(tree.name(entry) + " is no file but a pipe, a socket or a device; remove it");
        }
        return attributes.isDirectory();
    }

    private List<Path> entries(Path folder) {
        folders.add(FileStamp.of(folder));
        try {
            return FileNames.list(folder);
        } catch (IOException e) {
            throw tree.unreadable(folder, e);
        }
    }

    private void leaveOut(Path file) {
        ignored++;
        if (!isHidden(file) && !SystemFiles.isOne(file)) {
            others.merge(ImageDecoder.extension(file), 1, Integer::sum);
        }
    }

    private static boolean isImage(Path file) {
        return !isHidden(file) && ImageDecoder.EXTENSIONS.contains(ImageDecoder.extension(file));
    }

    private static boolean isHidden(Path entry) {
        return SystemFiles.isHidden(entry);
    }
}

package org.initlab.training.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.initlab.training.spec.TrainingException;

/** Turns whatever can go wrong while reading a weights file into one message that names the file, never its folder. */
final class WeightsFile {
    /** Text from a file can be long, and contain characters that no database or terminal accepts. */
    private static final int LONGEST_REASON = 400;

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

    private WeightsFile() {}

    @FunctionalInterface
    interface Reader<T> {
        T read(Path file) throws IOException;
    }

    static <T> T read(Path file, Reader<T> reader) {
        try {
            return reader.read(file);
        } catch (IOException e) {
            String reason = printable(reason(e));
            throw new TrainingException("The weights file " + file.getFileName() + " cannot be used: " + reason, e);
        }
    }

    /** Words of a file as they can be shown. */
    static String printable(String words) {
        String some = words.length() <= LONGEST_REASON ? words : words.substring(0, LONGEST_REASON) + "…";
        return UNPRINTABLE.matcher(some).replaceAll("?");
    }

    private static String reason(IOException e) {
        if (e instanceof WeightsFormatException) {
            return e.getMessage();
        }
        if (e instanceof EOFException) {
            return "it ends too early; copy or download it again";
        }
        if (e instanceof ZipException) {
            return "its zip archive is damaged (" + e.getMessage() + "); copy or download it again";
        }
        // the file system's messages contain absolute paths
        return "reading it failed (" + e.getClass().getSimpleName() + "); check that it exists and is readable";
    }
}

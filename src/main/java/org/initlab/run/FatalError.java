package org.initlab.run;

import java.util.regex.Pattern;

/** Says what an {@link Error} in a run means and what to do about it; a failed run shows it to its user. */
final class FatalError {
    /** Of a POSIX or Windows path, all but the file's name. */
    private static final Pattern FOLDERS =
            Pattern.compile("(?:[A-Za-z]:)?[/\\\\](?:[^/\\\\\\s:'\"]+[/\\\\])*(?=[^/\\\\\\s:'\"])");

    private static final int LONGEST_LINE = 300;

    private FatalError() {}

    /** The error's kind, the first line of its message without the server's folders, and a remedy. */
    static String explain(Error error) {
        Throwable root = error;
        while (root.getCause() != null && root instanceof LinkageError) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + message(root) + "; " + remedy(error);
    }

    private static String message(Throwable root) {
        if (root.getMessage() == null) {
            return "";
        }
        String line = root.getMessage().lines().findFirst().orElse("");
        String text = FOLDERS.matcher(line).replaceAll("");
        return ": " + (text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…");
    }

    private static String remedy(Error error) {
        if (error instanceof OutOfMemoryError) {
            return "the worker's Java heap is too small; raise it with -Xmx, or set dataset.trainLimit";
        }
        if (error instanceof LinkageError) {
            return "a library is missing from the worker's installation or does not fit it: compare its lib folder with the"
                    + " distribution, check that PyTorch's native libraries could be unpacked (disk space, a writable home), and retry";
        }
        return "retry the run; if it fails again, report it";
    }
}

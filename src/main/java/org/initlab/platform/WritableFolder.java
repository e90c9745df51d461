package org.initlab.platform;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tries at the start whether a folder can be written to, which would otherwise come out after hours, and cost all that waits. */
public final class WritableFolder {
    private WritableFolder() {}

    /**
     * Makes the folder if it is not there.
     *
     * @param what is to be written to it, to begin a sentence with
     * @param setting names it
     * @param advice ends what to do about it
     * @throws StartupException if it cannot be written to
     */
    public static void require(Path folder, String what, String setting, String advice) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "writable", ".part"));
        } catch (IOException e) {
            throw new StartupException(
                    what + " cannot be written to " + folder + " (" + reason(e) + ").",
                    "Make it a folder that the service's user may write to, with room, or set " + setting
                            + " to another one; " + advice + ".",
                    e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException) {
            return "there is a file of this name";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : e.getClass().getSimpleName();
    }
}

package org.initlab.training.data.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be read, in a user's words. */
public final class ReadFault {
    private ReadFault() {}

    /** Why a file cannot be read, without the path that the system's own messages contain. */
    public static String reason(IOException cause) {
        if (cause instanceof EOFException) {
            return "it ends too early";
        }
        if (cause instanceof NoSuchFileException) {
            return "it is not there, or a link to nothing";
        }
        if (cause instanceof AccessDeniedException) {
            return "access is denied";
        }
        return cause instanceof FileSystemException || cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getMessage();
    }
}

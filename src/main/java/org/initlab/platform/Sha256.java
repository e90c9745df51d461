package org.initlab.platform;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 without the exception that every Java platform rules out. */
public final class Sha256 {
    private Sha256() {}

    /** The hash of the bytes, 32 bytes long. */
    public static byte[] of(byte[] bytes) {
        return newDigest().digest(bytes);
    }

    /** The hash of the bytes in lower-case hexadecimal. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(of(bytes));
    }

    /** A hash to be fed piece by piece. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

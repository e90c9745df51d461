package org.initlab.training.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Identifies data by its content: SHA-256 over the positive class and, split by split, the shape and every row's label
 * and content.
 */
public final class Fingerprint {
    private Fingerprint() {}

    /**
     * Reads all rows of some splits.
     *
     * @param request what they were read for
     */
    public static String of(LoadRequest request, Split... splits) {
        MessageDigest digest = begin(request.positiveClass());
        for (Split split : splits) {
            split.addTo(digest, request.onProgress());
        }
        return of("sha256:", digest);
    }

    /** Begins a digest with the positive class. */
    public static MessageDigest begin(PositiveClass positiveClass) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        byte[] name = positiveClass.name().getBytes(StandardCharsets.UTF_8);
        digest.update(bytes(positiveClass.index(), name.length));
        digest.update(name);
        return digest;
    }

    /**
     * Writes a fingerprint.
     *
     * @param kind what is in the digest; only fingerprints of one kind can be compared
     */
    public static String of(String kind, MessageDigest digest) {
        return kind + HexFormat.of().formatHex(digest.digest());
    }

    /** Whether two fingerprints can be of the same data: they are equal, or one is unknown or of another kind. */
    static boolean agree(@Nullable String one, @Nullable String other) {
        return one == null || other == null || !kind(one).equals(kind(other)) || one.equals(other);
    }

    private static String kind(String fingerprint) {
        return fingerprint.substring(0, fingerprint.lastIndexOf(':') + 1);
    }

    /** Returns numbers as bytes for a digest: four each, big-endian. */
    public static byte[] bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }
}

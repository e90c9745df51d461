package org.initlab.training.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Identifies data by its content: SHA-256 over the positive class and, split by split, the shape and every row's label
 * and content.
 */
public final class Fingerprint {
    private Fingerprint() {}

    static String of(PositiveClass positiveClass, Split... splits) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        byte[] name = positiveClass.name().getBytes(StandardCharsets.UTF_8);
        digest.update(bytes(positiveClass.index(), name.length));
        digest.update(name);
        for (Split split : splits) {
            split.addTo(digest);
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /** Returns numbers as bytes for a digest: four each, big-endian. */
    public static byte[] bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }
}

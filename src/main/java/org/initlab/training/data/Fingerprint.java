package org.initlab.training.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names data by its content: SHA-256 over the positive class and, split by split, the shape and every row's label and pixels. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(PositiveClass positiveClass, BinarySplit... splits) {
        MessageDigest digest = sha256();
        byte[] name = positiveClass.name().getBytes(StandardCharsets.UTF_8);
        digest.update(ints(positiveClass.index(), name.length));
        digest.update(name);
        for (BinarySplit split : splits) {
            digest.update(ints(split.rows(), split.height(), split.width(), split.channels()));
            split.forEachRow((pixels, offset, length, label) -> {
                digest.update(ints(label));
                digest.update(pixels, offset, length);
            });
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

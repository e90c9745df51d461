package org.initlab.training.data.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What one file of the cache holds.
 *
 * @param hash SHA-256 of all that decides which rows these are and how they are decoded; hexadecimal
 * @param rows how many there can be
 * @param rowBytes what each takes
 */
public record CacheKey(String hash, int rows, int rowBytes) {

    /** A key for rows that are the same as long as all parts are. */
    public static CacheKey of(List<String> parts, int rows, int rowBytes) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
        return new CacheKey(HexFormat.of().formatHex(digest.digest()), rows, rowBytes);
    }

    byte[] hashBytes() {
        return HexFormat.of().parseHex(hash);
    }
}

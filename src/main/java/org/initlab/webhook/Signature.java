package org.initlab.webhook;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.codec.binary.Base64;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/** The header {@code webhook-signature} of Standard Webhooks 1.0: HMAC-SHA256 over {@code id.timestamp.body}. */
final class Signature {
    private Signature() {}

    /**
     * Signs with each of the keys.
     *
     * @param timestamp of the attempt, in seconds since 1970
     * @param body as it is sent
     */
    static String of(List<byte[]> keys, String id, long timestamp, String body) {
        String signed = id + "." + timestamp + "." + body;
        return keys.stream()
                .map(key ->
                        "v1," + Base64.encodeBase64String(new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key).hmac(signed)))
                .collect(Collectors.joining(" "));
    }
}

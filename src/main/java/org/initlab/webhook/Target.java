package org.initlab.webhook;

import static org.initlab.text.Counts.counted;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.initlab.platform.StartupException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * A receiver of webhooks.
 *
 * @param id the same for the same address in every process; tells nothing of it
 * @param name for logs: its place in the settings and its host, as the rest of an address may be a secret
 * @param keys each signs every request
 */
record Target(String id, String name, URI address, List<byte[]> keys) {
    private static final String PREFIX = "whsec_";
    private static final int ID_LENGTH = 32;
    private static final int FEWEST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    /** @throws StartupException if it is malformed, without telling the secret */
    static Target of(int index, @Nullable String url, @Nullable String secret) {
        String setting = "initlab.webhooks[" + index + "]";
        URI address = address(url, setting);
        return new Target(
                DigestUtils.sha256Hex(address.toString()).substring(0, ID_LENGTH),
                setting + " (" + address.getHost() + ")",
                address,
                keys(secret, setting));
    }

    String host() {
        return address.getHost();
    }

    private static URI address(@Nullable String url, String setting) {
        try {
            URI address = new URI(url == null ? "" : url.strip());
            if (WebhookProperties.isWeb(address) && address.getUserInfo() == null && address.getFragment() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // its message repeats the address
        }
        throw new StartupException(
                setting + ".url is missing or no address to post to.",
                "Set it to an address that begins with https:// or http:// and a host, without a user, a password or a #.");
    }

    private static List<byte[]> keys(@Nullable String secret, String setting) {
        String[] secrets = StringUtils.tokenizeToStringArray(secret, " ");
        if (secrets.length == 0) {
            throw refused(setting, "is missing");
        }
        return Arrays.stream(secrets).map(each -> key(each, setting)).toList();
    }

    private static byte[] key(String secret, String setting) {
        if (!secret.startsWith(PREFIX)) {
            throw refused(setting, "does not begin with " + PREFIX);
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw refused(setting, "is not base64 after " + PREFIX);
        }
        if (key.length < FEWEST_BYTES || key.length > MOST_BYTES) {
            throw refused(
                    setting, "has " + counted(key.length, "byte") + "; it takes " + FEWEST_BYTES + " to " + MOST_BYTES);
        }
        return key;
    }

    private static StartupException refused(String setting, String fault) {
        return new StartupException(
                setting + ".secret " + fault + ".",
                "Make one with: echo " + PREFIX + "$(openssl rand -base64 32), and give the receiver the same.");
    }

    @Override
    public String toString() {
        return name;
    }
}

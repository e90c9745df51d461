package org.initlab.results.tensorboard;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.UUID;

/** Names of experiments and arms as names of folders, on any file system and in any archive. */
final class BoardNames {
    /** File systems take 255 bytes, of which an id takes 37. */
    private static final int MOST_BYTES = 200;

    private BoardNames() {}

    static String experiment(String name, UUID id) {
        String safe = safe(name);
        return safe.isEmpty() ? id.toString() : safe + "-" + id;
    }

    static String run(String arm, int trial) {
        return safe(arm) + "/trial-" + trial;
    }

    /** Letters and digits of any script stay, with what commonly joins them; anything else between them is an underscore. */
    static String safe(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFC).replaceAll("[^\\p{L}\\p{M}\\p{N}+=,.-]+", "_");
        StringBuilder safe = new StringBuilder();
        int bytes = 0;
        // a name that begins with a point is hidden, or leads out of the folder
        for (int character : plain.replaceAll("^[_.]+", "").codePoints().toArray()) {
            bytes += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                break;
            }
            safe.appendCodePoint(character);
        }
        return safe.toString();
    }
}

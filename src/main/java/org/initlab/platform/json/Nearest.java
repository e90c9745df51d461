package org.initlab.platform.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/** Finds the name that a user may have meant. */
public final class Nearest {
    private Nearest() {}

    /** "unknown data set 'digit'; did you mean 'digits'?", or with the known names as {@link #hint} has them. */
    public static String unknown(String what, String given, Collection<String> known) {
        return "unknown " + what + " '" + given + "'; " + hint(given, known);
    }

    /** "; did you mean 'epochs'?" to end a list of the known names with; empty where none of them is near. */
    public static String question(String given, Collection<String> known) {
        return among(given, known).map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    /** "did you mean 'epochs'?", or the known names in their order where none of them is near. */
    public static String hint(String given, Collection<String> known) {
        return among(given, known)
                .map(name -> "did you mean '" + name + "'?")
                .orElseGet(() -> "known are " + String.join(", ", known));
    }

    /** The known name that differs least, in at most a third of its letters; case and underscores don't count. */
    public static Optional<String> among(String given, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(given, name) >= 0)
                .min(Comparator.comparingInt(name -> distance(given, name)));
    }

    private static int distance(String given, String name) {
        int limit = Math.max(1, plain(name).length() / 3);
        return new DamerauLevenshteinDistance(limit).apply(plain(given), plain(name));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "");
    }
}

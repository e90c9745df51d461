package org.initlab.experiment;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a name is searched by: two names that differ only in case, composition, compatibility forms or invisible characters
 * have the same key, by Unicode's rules and whatever the locale of the machine or the database.
 *
 * <p>Like Unicode's NFKC_Casefold, but coarser with i: dotted and dotless ones are all one letter, as people who search
 * type whichever their keyboard has. A change of these rules needs a migration that computes the stored keys anew.
 */
public final class SearchKey {
    /** Format characters, such as soft hyphens and joiners, and variation selectors. */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cf}\\x{34F}\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}]");

    private static final String DOT_AFTER_I = "i\u0307";

    private SearchKey() {}

    /** The key of a name. */
    public static String of(String text) {
        String visible = INVISIBLE.matcher(normalized(text)).replaceAll("");
        // small, capital and small again, as some letters meet only in one of them: ß and SS, σ and ς, ẞ and ß
        String folded = small(small(visible).toUpperCase(Locale.ROOT));
        return normalized(folded).replace(DOT_AFTER_I, "i");
    }

    /** What SQL's {@code like} finds the keys by that contain a text's key; the escape character is the backslash. */
    public static String part(String text) {
        return "%" + of(text).replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    /** Letter by letter, as in a word Σ at its end would become ς. */
    private static String small(String text) {
        int[] letters = text.codePoints().map(Character::toLowerCase).toArray();
        return new String(letters, 0, letters.length);
    }

    private static String normalized(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }
}

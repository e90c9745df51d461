package org.initlab.text;

import java.util.Locale;

/** Counts things in messages. */
public final class Counts {
    private Counts() {}

    /**
     * A number and what it is of, such as "1 run" or "1,200 runs".
     *
     * @param thing one of them; several have an s at the end
     */
    public static String counted(long count, String thing) {
        return counted(count, thing, thing + "s");
    }

    /**
     * The same, of things whose plural is irregular.
     *
     * @param thing one of them
     * @param things several of them
     */
    public static String counted(long count, String thing, String things) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? thing : things);
    }
}

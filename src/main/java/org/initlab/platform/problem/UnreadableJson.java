package org.initlab.platform.problem;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;

/** Says what is wrong with a body that is not JSON, without naming Java classes. */
public final class UnreadableJson {
    private static final Pattern PROGRAMMERS_ADVICE = Pattern.compile(": enable `.*| \\(start marker at .*");

    private UnreadableJson() {}

    /** One sentence that says where the fault is. */
    public static String describe(JacksonException failure) {
        TokenStreamLocation place = failure.getLocation();
        String where = place == null || place.getLineNr() < 1
                ? ""
                : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
        return "The body is not readable JSON" + where + ": " + reason(failure) + ".";
    }

    private static String reason(JacksonException failure) {
        if (failure instanceof StreamConstraintsException) {
            return "it is nested too deeply, or has too long a name or number";
        }
        if (failure instanceof StreamReadException) {
            return PROGRAMMERS_ADVICE.matcher(failure.getOriginalMessage()).replaceFirst("");
        }
        return "there must be one JSON value of the right type and nothing after it";
    }
}

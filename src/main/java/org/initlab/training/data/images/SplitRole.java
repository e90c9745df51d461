package org.initlab.training.data.images;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The splits that a folder's name can mean, in any case and by the names in use. */
enum SplitRole {
    TRAIN,
    TEST,
    VALIDATION;

    private static final Pattern NAME =
            Pattern.compile("(?:(train|training)|(test|testing)|(val|valid|validation))(?:[-_. ]?(?:set|data|split))?");

    /** The split that a folder's name means; nothing where it is any other name. */
    static Optional<SplitRole> of(String name) {
        Matcher matcher = NAME.matcher(name.toLowerCase(Locale.ROOT).strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(matcher.group(1) != null ? TRAIN : matcher.group(2) != null ? TEST : VALIDATION);
    }
}

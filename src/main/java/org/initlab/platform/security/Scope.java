package org.initlab.platform.security;

import java.util.Locale;

/** What a token lets its holder do; also the authority that Spring Security checks. */
enum Scope {
    /** GET, HEAD and OPTIONS. */
    READ,
    /** Everything. */
    WRITE;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package org.initlab;

/**
 * Whether the tests that take minutes run in full, as with {@code ./mvnw verify -Plong}; otherwise they run on a
 * smaller scale.
 */
final class LongTests {
    static final boolean ON = Boolean.getBoolean("initlab.long-tests");

    private LongTests() {}
}

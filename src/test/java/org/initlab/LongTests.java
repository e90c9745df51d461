package org.initlab;

/** Whether the tests that take minutes run in full, by {@code ./mvnw verify -Plong}; else they run in small. */
final class LongTests {
    static final boolean ON = Boolean.getBoolean("initlab.long-tests");

    private LongTests() {}
}

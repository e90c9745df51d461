package org.initlab.bench;

/** A part of the benchmark that can be run by itself. */
interface Section {
    /** As {@code --only} names it. */
    String name();

    /** Measures, and reports each row once it is known. */
    void measure(Settings settings, Report report) throws Exception;
}

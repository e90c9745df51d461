package org.initlab;

import java.nio.file.Path;

/** Folders below {@code target} that a test process keeps for itself, as Surefire may run several at once. */
public final class TestFolders {
    private static final String PROCESS = System.getProperty("initlab.test-process", "");

    private TestFolders() {}

    /** A folder for this process; outside of Surefire, the one with the bare name. */
    public static Path ofThisFork(String name) {
        return Path.of("target", PROCESS.isEmpty() ? name : name + "-" + PROCESS)
                .toAbsolutePath();
    }
}

package org.initlab.platform.database;

import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresToolsTest {
    @TempDir
    Path programs;

    /** The kernel refuses to run a folder as it refuses a program on a file system mounted noexec. */
    @Test
    void aPlaceFromWhichNoProgramRunsIsNamedWithTheSettingThatMovesIt() throws IOException {
        Files.createDirectory(programs.resolve("initdb"));

        assertThatIOException()
                .isThrownBy(() -> new PostgresTools(programs).run("initdb"))
                .withMessageContainingAll("programs cannot be run from " + programs, "noexec", "set initlab.home");
    }

    @Test
    void programsWithoutExecuteBitsAreToBeUnpackedAgain() throws IOException {
        Files.createFile(programs.resolve("initdb"));

        assertThatIOException()
                .isThrownBy(() -> new PostgresTools(programs).run("initdb"))
                .withMessageContainingAll("lost their execute bits", "delete " + programs.getParent());
    }
}

package org.initlab.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.initlab.Distribution;
import org.junit.jupiter.api.Test;

/** What the program runs with, by its ways to start. */
class LibrariesIT {

    /** They once differed: declared for the tests, a library of Hibernate's was left out of one. */
    @Test
    void theArchiveHasTheLibrariesOfTheBuildAndTheProgram() throws IOException {
        assertThat(libraries(Distribution.program().getParent().resolveSibling("lib")))
                .filteredOn(name -> !name.startsWith("initlab-"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(libraries(Path.of("target", "lib")));
    }

    private static List<String> libraries(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}

package org.initlab.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.initlab.text.Counts.counted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CountsTest {
    /** A number, as a variable or in a format, right before several of what may be one. */
    private static final Pattern BARE =
            Pattern.compile("(\\+\\s*[a-z][\\w.()]*\\s*\\+\\s*\" |%,?d )(runs|epochs|trials|attempts|steps)\\b");

    @Test
    void oneThingIsNotSeveral() {
        assertThat(counted(1, "run")).isEqualTo("1 run");
        assertThat(counted(0, "run")).isEqualTo("0 runs");
        assertThat(counted(1200, "entry", "entries")).isEqualTo("1,200 entries");
    }

    @Test
    void messagesCountRunsAndTheirPartsWithIt() throws IOException {
        assertThat(BARE.matcher("\"has \" + before\n + \" epochs already").find())
                .isTrue();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .noneMatch(file -> BARE.matcher(read(file)).find());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

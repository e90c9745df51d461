package org.initlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What {@code mvnw package} leaves for {@code java -jar}. */
final class PackagedJar {
    private PackagedJar() {}

    static Path find() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("initlab-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no target/initlab-*.jar; run bench/run"));
        }
    }
}

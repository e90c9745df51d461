package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents refer to is there, and numbers that stand twice are the same. */
class DocumentsTest {
    private static final Path README = Path.of("README.md");

    static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(Markdown.below(Path.of("docs")));
        documents.add(README);
        documents.add(Path.of("bench", "README.md"));
        Stream.of(Path.of("CONTRIBUTING.md"), Path.of("NOTICE.md"))
                .filter(Files::exists)
                .forEach(documents::add);
        return documents;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkWithinTheProjectLeadsSomewhere(Path path) {
        Markdown document = Markdown.read(path);
        for (String link : document.links()) {
            if (!link.matches("https?://.*")) {
                assertThat(leadsSomewhere(link, document))
                        .as("%s links to %s", path, link)
                        .isTrue();
            }
        }
    }

    @Test
    void everyDocumentCanBeReachedFromTheReadme() throws IOException {
        List<Path> reached = new ArrayList<>(List.of(README));
        for (int next = 0; next < reached.size(); next++) {
            Path from = reached.get(next);
            Markdown.read(from).links().stream()
                    .filter(link -> !link.contains(":") && !link.startsWith("#"))
                    .map(link -> target(link, from))
                    .map(target -> Files.isDirectory(target) ? target.resolve("README.md") : target)
                    .filter(target ->
                            target.toString().endsWith(".md") && Files.exists(target) && !reached.contains(target))
                    .distinct()
                    .forEach(reached::add);
        }
        assertThat(reached)
                .containsAll(documents().stream()
                        .filter(document -> !document.startsWith(Path.of("docs", "decisions")))
                        .toList());
    }

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(160);
    }

    @Test
    void theReadmesFiguresAreThoseOfTheBenchmark() throws IOException {
        List<String> measured = Files.readAllLines(Path.of("bench", "results.md"));
        List<String> shown = Files.readAllLines(README).stream()
                .filter(line -> line.startsWith("| "))
                .toList();

        assertThat(shown).hasSize(7);
        assertThat(measured).containsAll(shown);
    }

    @Test
    void theArchitecturePageNamesEveryPackage() throws IOException {
        Path code = Path.of("src", "main", "java", "org", "initlab");
        List<String> packages = new ArrayList<>(folders(code));
        folders(code.resolve("training")).forEach(name -> packages.add("training." + name));
        List<String> named = Pattern.compile("(?m)^\\| `([a-z.]+)` \\|")
                .matcher(Markdown.read(Path.of("docs", "architecture.md")).text())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();

        assertThat(named).containsExactlyInAnyOrderElementsOf(packages);
    }

    private static List<String> folders(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        }
    }

    private static boolean leadsSomewhere(String link, Markdown document) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document.path() : target(link, document.path());
        boolean named = parts.length == 1 || Markdown.read(target).anchors().contains(parts[1]);
        return Files.exists(target) && named;
    }

    private static Path target(String link, Path from) {
        return from.resolveSibling(link.replaceFirst("#.*", "")).normalize();
    }
}

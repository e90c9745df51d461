package org.initlab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown document as GitHub renders it, as far as tests look at it. */
record Markdown(Path path, String text) {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|srcset)=\"([^\"]+)\"");

    /** A fenced block of code and the language it is in, empty for none. */
    record Block(String language, String code) {}

    static Markdown read(Path path) {
        try {
            return new Markdown(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All Markdown documents below a folder. */
    static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    List<Block> blocks() {
        return FENCE.matcher(text)
                .results()
                .map(found -> new Block(found.group(1), found.group(2)))
                .toList();
    }

    /** What links in the document point to. */
    List<String> links() {
        return LINK.matcher(prose())
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
    }

    /** What links to the document can name after a #. */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        List<String> headings = new ArrayList<>();
        HEADING.matcher(prose()).results().forEach(found -> headings.add(found.group(1)));
        for (String heading : headings) {
            String name = heading.toLowerCase(Locale.ROOT)
                    .replaceAll("\\]\\([^)]*\\)", "")
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            for (int number = 1; !anchors.add(name); number++) {
                name = name.replaceFirst("(-\\d+)?$", "-" + number);
            }
        }
        return anchors;
    }

    private String prose() {
        return FENCE.matcher(text).replaceAll("");
    }
}

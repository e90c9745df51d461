package org.initlab.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .http} file as IDEs run it: requests between lines of {@code ###}, a name by {@code # @name}, headers, and a body or
 * the file that holds it.
 *
 * @param variables the lines {@code @name = value}
 */
record HttpFile(Path path, List<Variable> variables, List<Request> requests) {
    private static final Pattern VARIABLE = Pattern.compile("(?m)^@(\\w+) = (.*)$");
    private static final Pattern NAME = Pattern.compile("(?m)^# @name (\\w+)$");

    /** A value that requests refer to. */
    record Variable(String name, String value) {}

    /**
     * One request, its references not resolved yet.
     *
     * @param title says what it does, and which error statuses are fine
     * @param name what later ones refer to its answer by; empty for none
     */
    record Request(String title, String name, String method, String url, List<String> headers, String body) {}

    static HttpFile read(Path path) throws IOException {
        String[] parts = Files.readString(path).split("(?m)^### ", -1);
        List<Variable> variables = VARIABLE.matcher(parts[0])
                .results()
                .map(found -> new Variable(found.group(1), found.group(2)))
                .toList();
        List<Request> requests = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            requests.add(request(path, parts[i]));
        }
        return new HttpFile(path, variables, requests);
    }

    private static Request request(Path path, String text) throws IOException {
        String[] lines = text.split("\n", -1);
        Matcher name = NAME.matcher(text);
        int first = 1;
        while (lines[first].startsWith("#")) {
            first++;
        }
        String[] line = lines[first].split(" ", 2);
        List<String> headers = new ArrayList<>();
        int next = first + 1;
        for (; next < lines.length && !lines[next].isBlank(); next++) {
            headers.addAll(List.of(lines[next].split(": ", 2)));
        }
        String body = String.join("\n", List.of(lines).subList(Math.min(next, lines.length), lines.length))
                .strip();
        if (body.startsWith("< ")) {
            body = Files.readString(path.resolveSibling(body.substring(2)));
        }
        return new Request(lines[0], name.find() ? name.group(1) : "", line[0], line[1], headers, body);
    }
}

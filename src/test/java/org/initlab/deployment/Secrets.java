package org.initlab.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.initlab.ExternalTool;

/**
 * The secrets that {@code container/secrets.sh} makes.
 *
 * @param project the folder that has them below {@code secrets}
 */
record Secrets(Path project) {
    private static final Pattern COMMAND = Pattern.compile("kubectl .*create secret generic (\\S+)(.*)");
    private static final Pattern FILE = Pattern.compile("--from-file=([^= ]+)=(\\S+)");

    /** Makes them for a copy of the project. */
    static Secrets make(Path project) throws IOException {
        Path script = project.resolve("container/secrets.sh");
        Files.createDirectories(script.getParent());
        Files.copy(Path.of("container/secrets.sh"), script);
        Secrets secrets = new Secrets(project);
        secrets.makeMissing();
        return secrets;
    }

    /** Runs the script once more. */
    void makeMissing() {
        ExternalTool.Result result = ExternalTool.run(Path.of("sh"), project.resolve("container/secrets.sh"));
        assertThat(result.status()).as(result.output()).isZero();
    }

    String read(String name) throws IOException {
        return Files.readString(project.resolve("secrets").resolve(name));
    }

    /**
     * The secrets that the documents' {@code kubectl create secret} makes of them, as folders with the links that a volume of
     * Kubernetes has.
     */
    Map<String, Path> ofKubernetes(Path folder) throws IOException {
        Matcher command = COMMAND.matcher(documents());
        assertThat(command.find())
                .as("a kubectl create secret in the documents")
                .isTrue();
        Path secret = Files.createDirectories(folder.resolve(command.group(1)));
        Path data = Files.createDirectory(secret.resolve("..2026_01_01"));
        Files.createSymbolicLink(secret.resolve("..data"), data.getFileName());
        Matcher files = FILE.matcher(command.group(2));
        while (files.find()) {
            Files.copy(project.resolve(files.group(2)), data.resolve(files.group(1)));
            Files.createSymbolicLink(secret.resolve(files.group(1)), Path.of("..data", files.group(1)));
        }
        return Map.of(command.group(1), secret);
    }

    private static String documents() throws IOException {
        StringBuilder text = new StringBuilder(Files.readString(Path.of("README.md")));
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".md")).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}

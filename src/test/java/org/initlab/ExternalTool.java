package org.initlab;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * A program that a test needs and Maven does not provide; {@code .ci/run} installs it and demands every test with
 * {@value #REQUIRED}.
 */
public final class ExternalTool {
    private static final String REQUIRED = "INITLAB_REQUIRE_TOOLS";

    private ExternalTool() {}

    /** Where the program is; without it the test is skipped, or fails if all tests must run. */
    public static Path require(String name) {
        String missing = "the program " + name + " is not installed, so what needs it is not tested";
        return find(name).orElseThrow(() -> {
            stop(missing);
            return new IllegalStateException(missing);
        });
    }

    private static Optional<Path> find(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder).resolve(name))
                .filter(program -> program.toFile().canExecute())
                .findFirst();
    }

    /**
     * The first of some programs with which a command works; stops the test, in the same way, where it works with none.
     *
     * @param missing what that means
     */
    public static Path requireWorking(String missing, List<String> programs, String... arguments) {
        for (String name : programs) {
            Optional<Path> program = find(name);
            if (program.isPresent() && run(program.get(), (Object[]) arguments).status() == 0) {
                return program.get();
            }
        }
        stop(missing);
        throw new IllegalStateException(missing);
    }

    /**
     * Stops the test, in the same way, where a command fails.
     *
     * @param missing what that means
     */
    public static void requireWorking(String missing, List<String> command) {
        if (run(require(command.get(0)), command.subList(1, command.size()).toArray())
                        .status()
                != 0) {
            stop(missing);
        }
    }

    private static void stop(String missing) {
        if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
            fail(missing + ", but " + REQUIRED + " asks for it");
        }
        Assumptions.abort(missing);
    }

    /** The result of a program that ends by itself. */
    public record Result(int status, String output) {}

    /** Runs a program that ends by itself. */
    public static Result run(Path program, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

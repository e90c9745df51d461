package org.initlab.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/initlab} with a program in the place of Java that shows how it was called. */
@DisabledOnOs(OS.WINDOWS)
class StartScriptTest {
    private static final String MAIN = "org.initlab.InitLabApplication";

    @TempDir
    Path folder;

    private Path script;

    private record Result(long pid, int status, List<String> lines) {}

    @BeforeEach
    void install() throws IOException {
        script = folder.resolve("initlab 1.0/bin/initlab");
        Files.createDirectories(script.getParent());
        Files.copy(Path.of("src/main/dist/bin/initlab"), script);
        executable(script);
    }

    @Test
    void javaTakesTheProcessAndGetsTheArgumentsAsTheyCame() throws Exception {
        Map<String, String> environment = Map.of("JAVA_HOME", java("17.0.15"), "JAVA_OPTS", "-Xmx4g  -Dx=*");

        Result result = run(environment, script, "--initlab.home=/a folder", "*");

        assertThat(result.lines())
                .containsExactly(
                        Long.toString(result.pid()),
                        "arenas 1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx4g",
                        "-Dx=*",
                        "-cp",
                        folder.toRealPath() + "/initlab 1.0/lib/*",
                        MAIN,
                        "--initlab.home=/a folder",
                        "*");
    }

    @Test
    void itFindsItsLibrariesThroughSymbolicLinks() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("initlab 1.0", "bin", "initlab"));
        Path linkToLink = Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("bin")).resolve("run"), link);

        for (Path program : List.of(link, linkToLink)) {
            assertThat(run(Map.of("JAVA_HOME", java("25")), program).lines())
                    .contains(folder.toRealPath() + "/initlab 1.0/lib/*");
        }
    }

    @Test
    void withoutJavaHomeItTakesTheJavaOnThePath() throws Exception {
        String path = java("21.0.2") + "/bin:/usr/bin:/bin";

        assertThat(run(Map.of("PATH", path), script).lines()).contains(MAIN);
    }

    @Test
    void aNumberOfArenasThatIsSetStays() throws Exception {
        Map<String, String> environment = Map.of("JAVA_HOME", java("17"), "MALLOC_ARENA_MAX", "4");

        assertThat(run(environment, script).lines()).contains("arenas 4");
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_412, 8", "11.0.2, 11", "16, 16"})
    void anOlderJavaIsRefused(String version, String major) throws Exception {
        Result result = run(Map.of("JAVA_HOME", java(version)), script);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.lines())
                .singleElement()
                .asString()
                .contains("/bin/java is Java " + major + ", but InitLab needs 17 or later", "Set JAVA_HOME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17-ea", "17.0.15", "25"})
    void aNewerJavaIsNot(String version) throws Exception {
        assertThat(run(Map.of("JAVA_HOME", java(version)), script).status()).isZero();
    }

    @Test
    void aMissingJavaIsSaidToBe() throws Exception {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        for (String program : List.of("dirname", "readlink", "sed")) {
            Files.createSymbolicLink(programs.resolve(program), Path.of("/usr/bin", program));
        }

        Result none = run(Map.of("PATH", programs.toString()), script);
        Result wrongHome = run(Map.of("JAVA_HOME", "/nowhere"), script);

        assertThat(none.status()).isEqualTo(1);
        assertThat(none.lines()).singleElement().asString().contains("there is no java on PATH", "Install Java 17");
        assertThat(wrongHome.status()).isEqualTo(1);
        assertThat(wrongHome.lines()).singleElement().asString().contains("JAVA_HOME is /nowhere", "Java 17 or later");
    }

    @Test
    void whatJavaSaysOfAWrongOptionIsPassedOn() throws Exception {
        Map<String, String> environment =
                Map.of("JAVA_HOME", System.getProperty("java.home"), "JDK_JAVA_OPTIONS", "-XX:+NoSuchOption");

        Result result = run(environment, script);

        assertThat(result.status()).isEqualTo(1);
        assertThat(String.join("\n", result.lines()))
                .contains("bin/java does not run", "Unrecognized VM option 'NoSuchOption'");
    }

    @Test
    void aProgramThatTellsNoVersionIsRefused() throws Exception {
        assertThat(String.join(
                        "\n", run(Map.of("JAVA_HOME", java("\" # \"")), script).lines()))
                .contains("cannot tell the version of", "which says: Picked up");
    }

    /** A home of a Java of some version. */
    private String java(String version) throws IOException {
        Path home = Files.createTempDirectory(folder, "java");
        Path program = Files.createDirectory(home.resolve("bin")).resolve("java");
        Files.writeString(
                program,
                """
                #!/bin/sh
                if [ "$1" = -version ]; then
                    echo 'Picked up JAVA_TOOL_OPTIONS: -Dversion="none"' >&2
                    echo 'openjdk version "%s" 2026-01-01' >&2
                    exit
                fi
                printf '%%s\\n' "$$" "arenas $MALLOC_ARENA_MAX" "$@"
                """
                        .formatted(version));
        executable(program);
        return home.toString();
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Result run(Map<String, String> environment, Path program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.pid(), process.waitFor(), output.lines().toList());
    }
}

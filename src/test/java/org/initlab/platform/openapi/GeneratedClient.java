package org.initlab.platform.openapi;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A client that OpenAPI Generator writes from the API's description, and the JDK compiles with a program that uses it. */
final class GeneratedClient {
    /** Put there by the build. */
    private static final Path GENERATOR = Path.of("target", "tools", "openapi-generator-cli.jar");

    private final Class<?> program;

    private GeneratedClient(Class<?> program) {
        this.program = program;
    }

    /**
     * Writes and compiles the client.
     *
     * @param document the API's description
     * @param program the source of class {@code generated.Use}
     */
    static GeneratedClient of(String document, Path program, Path folder) throws IOException, ClassNotFoundException {
        generate(Files.writeString(folder.resolve("api.json"), document), folder.resolve("source"));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        compile(sources(folder.resolve("source"), program), classes);
        URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, GeneratedClient.class.getClassLoader());
        return new GeneratedClient(loader.loadClass("generated.Use"));
    }

    /** Calls one of the program's methods. */
    Object call(String method, Object... arguments) throws ReflectiveOperationException {
        return Stream.of(program.getMethods())
                .filter(each -> each.getName().equals(method))
                .findFirst()
                .orElseThrow()
                .invoke(null, arguments);
    }

    private static void generate(Path document, Path folder) throws IOException {
        Path log = folder.resolveSibling("generator.log");
        Process generator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        GENERATOR.toString(),
                        "generate",
                        "--generator-name=java",
                        "--library=native",
                        "--input-spec=" + document,
                        "--output=" + folder,
                        "--additional-properties=invokerPackage=generated,apiPackage=generated,modelPackage=generated,"
                                + "useJakartaEe=true,openApiNullable=false",
                        "--global-property=apis,models,supportingFiles,apiTests=false,modelTests=false,apiDocs=false,"
                                + "modelDocs=false")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (generator.waitFor() != 0) {
                throw new AssertionError(Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> sources(Path generated, Path program) throws IOException {
        try (Stream<Path> files = Files.walk(generated)) {
            List<Path> sources = new ArrayList<>(
                    files.filter(file -> file.toString().endsWith(".java")).toList());
            sources.add(program);
            return sources;
        }
    }

    private static void compile(List<Path> sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-nowarn", "-d", classes.toString());
            boolean compiled = compiler.getTask(
                            null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!compiled) {
                throw new AssertionError("the generated client does not compile; see the output");
            }
        }
    }
}

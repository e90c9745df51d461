package org.initlab.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.initlab.Distribution;
import org.initlab.ExternalTool;
import org.initlab.TestFolders;
import org.initlab.deployment.Dockerfile.Instruction;

/**
 * An image of the project, put together by its Dockerfile's {@code COPY} lines from the archive that was packaged.
 *
 * <p>One thing is not as in the image: PyTorch for CUDA comes from an image of its own, which is not at hand, so PyTorch for
 * the CPU takes its place, in the same folder.
 *
 * @param name the Dockerfile's stage that makes it
 * @param files what the image adds to its base, as a root file system
 * @param environment its variables
 * @param user as {@code uid:gid}
 * @param folder where its process starts
 * @param entryPoint the program and its first arguments
 */
record Image(
        String name, Path files, Map<String, String> environment, String user, String folder, List<String> entryPoint) {
    private static final Path TARGET = TestFolders.ofThisFork("image");
    private static final Path SCRIPT = Path.of("container/layers.sh");
    private static final Path LAYERS = Path.of("target", "layers").toAbsolutePath();
    private static final Path LOCK = Path.of("target", "layers.lock");
    private static final Map<String, Image> BUILT = new HashMap<>();

    /** The image of a stage, built once a process. */
    static synchronized Image of(String stage) {
        return BUILT.computeIfAbsent(stage, Image::build);
    }

    private static Image build(String stage) {
        try {
            return assemble(stage);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Image assemble(String stage) throws IOException {
        if (BUILT.isEmpty()) {
            run("rm", "-rf", TARGET);
            makeLayers();
        }
        Dockerfile file = Dockerfile.read();
        Path files = TARGET.resolve(stage);
        String folder = file.last(stage, "WORKDIR");
        for (Instruction instruction : file.instructions(stage)) {
            if (instruction.name().equals("COPY")) {
                copy(instruction.arguments(), folder, files);
            }
        }
        return new Image(
                stage,
                files,
                file.environment(stage),
                file.last(stage, "USER"),
                folder,
                file.lastArray(stage, "ENTRYPOINT"));
    }

    /** Once a build, as half a gigabyte is unpacked. */
    @SuppressWarnings("try") // the lock is only held
    private static void makeLayers() throws IOException {
        // the other test process may be at it
        try (FileChannel channel = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (isNewer(LAYERS, Distribution.archive()) && isNewer(LAYERS, SCRIPT)) {
                return;
            }
            Path unfinished = LAYERS.resolveSibling("layers.new");
            run("rm", "-rf", LAYERS, unfinished);
            run("sh", SCRIPT, Distribution.archive(), unfinished);
            run("chmod", "-R", "a+rX", unfinished);
            Files.move(unfinished, LAYERS);
        }
    }

    private static boolean isNewer(Path made, Path source) throws IOException {
        return Files.exists(made) && Files.getLastModifiedTime(made).compareTo(Files.getLastModifiedTime(source)) >= 0;
    }

    /** What it adds, by its place in the image: the entries of its top folders, so that others can be mounted beside them. */
    Map<String, Path> entries() throws IOException {
        Map<String, Path> entries = new TreeMap<>();
        try (var all = Files.walk(files, 2)) {
            all.filter(file -> files.relativize(file).getNameCount() == 2)
                    .forEach(file -> entries.put("/" + files.relativize(file), file));
        }
        return entries;
    }

    private static void copy(String arguments, String folder, Path files) throws IOException {
        List<String> paths = Arrays.stream(arguments.split("\\s+"))
                .filter(word -> !word.startsWith("--"))
                .toList();
        Path target = files.resolve(
                Path.of("/").relativize(Path.of(folder).resolve(paths.get(1)).normalize()));
        Path source = source(arguments, paths.get(0));
        if (source == null) {
            return;
        }
        Files.createDirectories(target);
        // the files are hundreds of megabytes: links to them will do, as nobody may write to either
        run("cp", "-al", Files.isDirectory(source) ? source + "/." : source, target);
    }

    private static Path source(String arguments, String path) throws IOException {
        if (arguments.contains("--from=cuda-libraries")) {
            return null;
        }
        if (!arguments.contains("--from=build")) {
            return Path.of(path).toAbsolutePath();
        }
        Path layer = LAYERS.resolve(Path.of("/layers").relativize(Path.of(path)));
        return layer.endsWith("pytorch-jni-cu128") ? LAYERS.resolve("pytorch-cpu") : layer;
    }

    static void run(String program, Object... arguments) {
        ExternalTool.Result result = ExternalTool.run(Path.of(program), arguments);
        assertThat(result.status()).as(program + ": " + result.output()).isZero();
    }
}

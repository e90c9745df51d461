package org.initlab.training.engine;

import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PyTorch that is on the machine already, such as that of {@code pip install torch}, to be used in place of the one
 * that this program brings along.
 *
 * @param libraries the folder that holds {@code libtorch.so}
 * @param version such as {@code 2.7.1}
 * @param cuda whether it was built with CUDA
 */
public record PyTorchInstallation(Path libraries, String version, boolean cuda) {
    /** The version that the bridge between DJL and PyTorch on the class path is compiled for. */
    public static final String BUNDLED_BRIDGE = "2.7.1";

    private static final String TORCH = System.mapLibraryName("torch");
    private static final String BRIDGE = System.mapLibraryName("djl_torch");
    private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+\\.\\d+)");

    /**
     * Looks at a folder.
     *
     * @param folder a Python's {@code site-packages}, its {@code torch}, an unpacked {@code libtorch}, or the {@code lib}
     *     in one of them
     * @throws IllegalArgumentException if there is no PyTorch there; the message says what was looked for
     */
    public static PyTorchInstallation in(Path folder) {
        Path libraries = Stream.of("", "lib", "torch/lib")
                .map(folder::resolve)
                .filter(it -> Files.isRegularFile(it.resolve(TORCH)))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no " + TORCH + " in it, in its lib or torch/lib"));
        String version = Stream.of(
                        read(libraries.resolveSibling("version.py")),
                        read(libraries.resolveSibling("build-version")),
                        // as DJL names the folders that it unpacks its own into
                        Optional.of(libraries.getFileName().toString()))
                .flatMap(Optional::stream)
                .map(VERSION::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "its version is unknown: neither version.py nor build-version is beside "
                                + libraries.getFileName()));
        return new PyTorchInstallation(
                libraries, version, Files.isRegularFile(libraries.resolve(System.mapLibraryName("torch_cuda"))));
    }

    /** Whether the bridge on the class path fits, so that none has to be compiled. */
    public boolean fitsBundledBridge() {
        return version.equals(BUNDLED_BRIDGE);
    }

    /**
     * Makes DJL load this PyTorch; call it before the engine is loaded.
     *
     * @param bridge DJL's {@code libdjl_torch.so} compiled for this PyTorch; {@code null} for the one beside its libraries
     *     or, if the version is {@link #BUNDLED_BRIDGE}, the one on the class path
     * @throws IllegalArgumentException if no bridge fits this version: another one would end the process; or if there is
     *     no such file
     */
    public void use(@Nullable Path bridge) {
        if (bridge != null && !Files.isReadable(bridge)) {
            throw new IllegalArgumentException("initlab.pytorch.bridge is " + bridge + ", which cannot be read");
        }
        String flavor = cuda ? "cu128" : "cpu";
        cudaRuntime().ifPresent(folder -> System.setProperty("jna.library.path", folder.toString()));
        if (bridge != null) {
            putIntoCache(bridge, flavor);
        } else if (!fitsBundledBridge() && !Files.isRegularFile(libraries.resolve(BRIDGE))) {
            throw new IllegalArgumentException(
                    "it is PyTorch " + version + ", and the bridge to it is compiled for " + BUNDLED_BRIDGE);
        }
        System.setProperty("PYTORCH_LIBRARY_PATH", libraries.toString());
        System.setProperty("PYTORCH_VERSION", version);
        // the bridge on the class path comes in two flavors, whatever the CUDA of the libraries
        System.setProperty("PYTORCH_FLAVOR", flavor);
    }

    /** Where DJL, which counts GPUs by CUDA's runtime, finds that of pip's packages; empty if it is not theirs. */
    private Optional<Path> cudaRuntime() {
        Path packages = libraries.resolve("../../nvidia").normalize();
        if (!cuda || System.getProperty("jna.library.path") != null || !Files.isDirectory(packages)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(
                packages, 3, (file, attributes) -> file.getFileName().toString().startsWith("libcudart.so"))) {
            return files.map(Path::getParent).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + packages, e);
        }
    }

    /** Where DJL looks for a bridge before it takes the one on the class path. */
    private void putIntoCache(Path bridge, String flavor) {
        Platform platform = Platform.fromSystem("pytorch");
        Path folder =
                Utils.getEngineCacheDir("pytorch").resolve(version + "-" + flavor + "-" + platform.getClassifier());
        try {
            Files.createDirectories(folder);
            // another process may be loading the one that is there
            Path copy = Files.createTempFile(folder, "bridge", ".part");
            Files.copy(bridge, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.move(
                    copy,
                    folder.resolve(platform.getApiVersion() + "-" + BRIDGE),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy " + bridge + " to " + folder, e);
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}

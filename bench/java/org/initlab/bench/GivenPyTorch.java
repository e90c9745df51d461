package org.initlab.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.initlab.training.engine.PyTorchInstallation;

/** The PyTorch named by the system properties that have the names of the service's settings, if any is. */
final class GivenPyTorch {
    private static final String LIBRARY = "initlab.pytorch.library";
    private static final String BRIDGE = "initlab.pytorch.bridge";

    private GivenPyTorch() {}

    /** Makes this process load it. */
    static void use() {
        Optional.ofNullable(System.getProperty(LIBRARY))
                .map(Path::of)
                .map(PyTorchInstallation::in)
                .ifPresent(installed -> installed.use(Optional.ofNullable(System.getProperty(BRIDGE))
                        .map(Path::of)
                        .orElse(null)));
    }

    /** The settings with which another process, or the service, loads it too, as {@code name=value}. */
    static List<String> settings() {
        return Stream.of(LIBRARY, BRIDGE)
                .filter(name -> System.getProperty(name) != null)
                .map(name -> name + "=" + System.getProperty(name))
                .toList();
    }
}

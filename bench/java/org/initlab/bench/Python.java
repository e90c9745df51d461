package org.initlab.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A Python that has PyTorch. */
final class Python {
    private Python() {}

    /** Finds the one that was named, else the first of the usual names that can import torch. */
    static Optional<Path> find(Optional<String> named) {
        return Stream.of(named, Optional.of("python3"), Optional.of("python"))
                .flatMap(Optional::stream)
                .map(Path::of)
                .filter(Python::hasTorch)
                .findFirst();
    }

    private static boolean hasTorch(Path python) {
        return Command.succeeds(List.of(python.toString(), "-c", "import torch, numpy, PIL"));
    }

    static String describe(Path python) {
        return Command.run(
                        List.of(
                                python.toString(),
                                "-c",
                                "import torch, platform; print(torch.__version__, 'on Python', platform.python_version())"),
                        Map.of())
                .strip();
    }
}

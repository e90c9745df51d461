package org.initlab.bench;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.initlab.training.engine.PyTorch;

/** What the figures were measured on. */
final class Machine {
    private Machine() {}

    static String describe() throws IOException {
        int cores = Runtime.getRuntime().availableProcessors();
        return "%s, %d cores, %s %s, device %s, on %s"
                .formatted(
                        processor(),
                        cores,
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        PyTorch.name(PyTorch.device()),
                        LocalDate.now(ZoneOffset.UTC));
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.exists(info)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }

    /** How many processes wanted a processor on average in the last minute, whosever they are. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    static String engine() {
        PyTorch.device();
        return "PyTorch " + Engine.getEngine("PyTorch").getVersion() + " by DJL " + Engine.getDjlVersion();
    }
}

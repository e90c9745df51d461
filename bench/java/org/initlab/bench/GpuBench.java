package org.initlab.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.initlab.training.engine.PyTorch;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.util.FileSystemUtils;

/**
 * What one wants to know of a GPU host that one has for a quarter of an hour: is it right there, and how fast is it?
 * {@code bench/gpu [--only=numbers,resumption,memory,rates] [--cases=N] [--no-compile] [--python=PROGRAM] [--out=FOLDER]}
 * runs it; without a GPU it goes through the same at small sizes.
 */
final class GpuBench {
    private static final Set<String> PARTS = Set.of("numbers", "resumption", "memory", "rates");

    private GpuBench() {}

    public static void main(String[] args) throws Exception {
        GivenPyTorch.use();
        PyTorch.allowTf32(false);
        DefaultApplicationArguments options = new DefaultApplicationArguments(args);
        Optional<Path> python = Python.find(
                options.containsOption("python")
                        ? options.getOptionValues("python").stream().findFirst()
                        : Optional.empty());
        Path out = Path.of(
                options.containsOption("out") ? options.getOptionValues("out").get(0) : "target/bench-gpu");
        boolean gpu = PyTorch.device().isGpu();
        Path scratch = Files.createTempDirectory("initlab-bench");
        Report report = new Report(out, header(python, gpu));
        try {
            Set<String> parts = options.containsOption("only")
                    ? Set.of(options.getOptionValues("only").get(0).split(",", -1))
                    : PARTS;
            new DeviceChecks(gpu, scratch, report).run(parts);
            if (parts.contains("rates")) {
                int cases = options.containsOption("cases")
                        ? Integer.parseInt(options.getOptionValues("cases").get(0))
                        : Integer.MAX_VALUE;
                new DeviceRates(gpu, python, report, !options.containsOption("no-compile")).measure(cases);
            }
        } finally {
            FileSystemUtils.deleteRecursively(scratch);
        }
        report.sayWhatFellShort();
    }

    private static List<String> header(Optional<Path> python, boolean gpu) throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("Machine: " + Machine.describe());
        lines.add("GPU: " + (gpu ? SampledGpu.name() : "none: small sizes on the CPU, to see that all of this runs"));
        lines.add("InitLab: Java " + Runtime.version() + ", " + Machine.engine());
        lines.add("PyTorch: " + python.map(Python::describe).orElse("no Python with torch was found"));
        return lines;
    }
}

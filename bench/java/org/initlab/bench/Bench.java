package org.initlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.util.FileSystemUtils;

/**
 * Measures InitLab and writes the table: {@code bench/run [--only=NAME,…] [--rounds=5] [--python=PROGRAM]
 * [--out=bench]}.
 */
final class Bench {
    private static final List<Section> SECTIONS = List.of(
            new TrainingSection(),
            new ExperimentSection(),
            new FootprintSection(),
            new ApiSection(),
            new QueueSection(),
            new ImagesSection(),
            new CallsSection(),
            new JmhSection());

    private Bench() {}

    public static void main(String[] args) throws Exception {
        DefaultApplicationArguments options = new DefaultApplicationArguments(args);
        List<String> only = options.containsOption("only")
                ? List.of(options.getOptionValues("only").get(0).split(","))
                : SECTIONS.stream().map(Section::name).toList();
        Optional<Path> python = Python.find(option(options, "python"));
        Path scratch = Files.createTempDirectory("initlab-bench");
        Settings settings =
                new Settings(Integer.parseInt(option(options, "rounds").orElse("5")), python, scratch);
        Report report = new Report(Path.of(option(options, "out").orElse("bench")), header(python));
        try {
            for (Section section : SECTIONS) {
                if (only.contains(section.name())) {
                    section.measure(settings, report);
                }
            }
        } finally {
            FileSystemUtils.deleteRecursively(scratch);
        }
    }

    private static Optional<String> option(DefaultApplicationArguments options, String name) {
        return options.containsOption(name)
                ? options.getOptionValues(name).stream().findFirst()
                : Optional.empty();
    }

    private static List<String> header(Optional<Path> python) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("Machine: " + Machine.describe());
        lines.add("InitLab: Java " + System.getProperty("java.vendor") + " " + Runtime.version() + ", "
                + Machine.engine());
        lines.add("PyTorch: "
                + python.map(Python::describe)
                        .orElse("no Python with torch was found, so that its columns are missing"));
        return lines;
    }
}

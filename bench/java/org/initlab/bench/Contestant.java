package org.initlab.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.commons.statistics.descriptive.Median;

/** A warmed-up process that measures itself whenever it is its turn. */
final class Contestant implements AutoCloseable {
    /** A compiler may take minutes to warm up. */
    private static final int PATIENCE_SECONDS = 300;

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream orders;
    private final List<Double> figures = new ArrayList<>();
    private volatile boolean ready;

    private Contestant(Process process) {
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    static Contestant initLab(String what, String network, int size, int batch, String precision) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        GivenPyTorch.settings().forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Trainee.class.getName(),
                what,
                network,
                Integer.toString(size),
                Integer.toString(batch),
                precision));
        return start(command, Map.of());
    }

    /**
     * Starts a side in PyTorch.
     *
     * @param preloaded a library that takes the place of the system's, such as an allocator
     */
    static Contestant rival(
            Path python,
            Optional<Path> preloaded,
            String what,
            String way,
            String network,
            int size,
            int batch,
            String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                python.toString(),
                Path.of("bench", "rival.py").toString(),
                what,
                "--way=" + way,
                "--network=" + network,
                "--size=" + size,
                "--batch=" + batch));
        command.addAll(List.of(options));
        return start(
                command,
                preloaded.map(it -> Map.of("LD_PRELOAD", it.toString())).orElse(Map.of()));
    }

    private static Contestant start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Contestant contestant = new Contestant(builder.start());
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(contestant::giveUp);
        while (!contestant.answer().equals("ready")) {
            // the engine's log comes first
        }
        contestant.ready = true;
        return contestant;
    }

    private void giveUp() {
        if (!ready) {
            System.out.println("Not ready after " + PATIENCE_SECONDS + " s: "
                    + process.info().commandLine().orElse("a side"));
            process.destroy();
        }
    }

    /** Keeps the rate over some batches, in images per second. */
    void measure(int batches) throws IOException {
        orders.println(batches);
        figures.add(Double.parseDouble(answer()));
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IllegalStateException(process.info().commandLine().orElse("a side") + " ended");
        }
        return line;
    }

    double median() {
        return Median.withDefaults()
                .evaluate(figures.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    public void close() {
        process.destroy();
    }
}

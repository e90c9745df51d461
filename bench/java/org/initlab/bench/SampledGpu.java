package org.initlab.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What {@code nvidia-smi} sees of the first GPU, five times a second, until this is closed. */
final class SampledGpu implements AutoCloseable {
    private final Process tool;
    private final List<int[]> samples = Collections.synchronizedList(new ArrayList<>());

    private SampledGpu(Process tool) {
        this.tool = tool;
    }

    static SampledGpu start() throws IOException {
        Process tool = new ProcessBuilder(
                        "nvidia-smi",
                        "--id=0",
                        "--query-gpu=utilization.gpu,memory.used",
                        "--format=csv,noheader,nounits",
                        "--loop-ms=200")
                .start();
        SampledGpu sampled = new SampledGpu(tool);
        Thread reader = new Thread(sampled::read, "nvidia-smi");
        reader.setDaemon(true);
        reader.start();
        return sampled;
    }

    static String name() {
        return Command.run(
                        List.of(
                                "nvidia-smi",
                                "--id=0",
                                "--query-gpu=name,driver_version,memory.total",
                                "--format=csv,noheader"),
                        Map.of())
                .strip();
    }

    /** The memory in use on the GPU now, by all processes, in MiB. */
    static int usedMiB() {
        return Integer.parseInt(Command.run(
                        List.of("nvidia-smi", "--id=0", "--query-gpu=memory.used", "--format=csv,noheader,nounits"),
                        Map.of())
                .strip());
    }

    private void read() {
        try (BufferedReader lines = tool.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(", ", 2);
                samples.add(new int[] {Integer.parseInt(cells[0].strip()), Integer.parseInt(cells[1].strip())});
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** The mean share of time in which no kernel ran since sampling began, in percent. */
    double idlePercent() {
        synchronized (samples) {
            return samples.stream()
                    .mapToInt(sample -> 100 - sample[0])
                    .average()
                    .orElse(Double.NaN);
        }
    }

    /** The most memory in use since sampling began, in MiB. */
    double peakMiB() {
        synchronized (samples) {
            return samples.stream().mapToInt(sample -> sample[1]).max().orElse(0);
        }
    }

    @Override
    public void close() {
        tool.destroy();
    }
}

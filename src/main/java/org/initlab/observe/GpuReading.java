package org.initlab.observe;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code nvidia-smi} says about a GPU.
 *
 * @param utilisation the share of time in which a kernel ran, 0 to 1
 * @param usedBytes memory in use by all processes
 * @param totalBytes memory of the device
 */
record GpuReading(double utilisation, double usedBytes, double totalBytes) {
    private static final double PERCENT = 100;
    private static final double MEBIBYTE = 1 << 20;
    private static final Pattern LINE = Pattern.compile("(\\d+), (\\d+), (\\d+)");

    /** Shown until there is a reading. */
    static final GpuReading UNKNOWN = new GpuReading(Double.NaN, Double.NaN, Double.NaN);

    /** Reads a line of {@code --query-gpu=utilization.gpu,memory.used,memory.total --format=csv,noheader,nounits}. */
    static Optional<GpuReading> parse(String line) {
        Matcher values = LINE.matcher(line.strip());
        return values.matches()
                ? Optional.of(new GpuReading(
                        Double.parseDouble(values.group(1)) / PERCENT,
                        Double.parseDouble(values.group(2)) * MEBIBYTE,
                        Double.parseDouble(values.group(3)) * MEBIBYTE))
                : Optional.empty();
    }
}

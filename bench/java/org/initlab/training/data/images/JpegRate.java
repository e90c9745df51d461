package org.initlab.training.data.images;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How many files one core decodes in a second, by the thread's processor time, so that other programs do not count. */
public final class JpegRate {
    private static final double NANOS_A_SECOND = 1e9;

    private JpegRate() {}

    /** Decodes the files in turn for as long as it is told, after as long to warm up. */
    public static double of(List<Path> files, double seconds) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (Path file : files) {
            contents.add(Files.readAllBytes(file));
        }
        decode(contents, seconds);
        return decode(contents, seconds);
    }

    private static double decode(List<byte[]> contents, double seconds) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        long pixels = 0;
        int decoded = 0;
        while (threads.getCurrentThreadCpuTime() - start < seconds * NANOS_A_SECOND) {
            for (byte[] content : contents) {
                pixels += ImageDecoder.decode(content).pixels().length;
                decoded++;
            }
        }
        if (pixels == 0) {
            throw new IllegalStateException("there is nothing to decode");
        }
        return decoded * NANOS_A_SECOND / (threads.getCurrentThreadCpuTime() - start);
    }
}

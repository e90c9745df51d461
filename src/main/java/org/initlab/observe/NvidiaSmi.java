package org.initlab.observe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tool that comes with every NVIDIA driver. */
class NvidiaSmi {
    private static final Logger log = LoggerFactory.getLogger(NvidiaSmi.class);

    private final String program;
    private final Duration patience;

    /**
     * Runs a program for every reading.
     *
     * @param patience how long it may take: when a GPU hangs, so does the tool
     */
    NvidiaSmi(String program, Duration patience) {
        this.program = program;
        this.patience = patience;
    }

    /** A reading of the device with this number or UUID; {@link GpuReading#UNKNOWN} if there is none in time. */
    GpuReading read(String device) {
        try {
            Process tool = new ProcessBuilder(
                            program,
                            "--id=" + device,
                            "--query-gpu=utilization.gpu,memory.used,memory.total",
                            "--format=csv,noheader,nounits")
                    .redirectErrorStream(true)
                    .start();
            try (InputStream out = tool.getInputStream()) {
                if (tool.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    return GpuReading.parse(new String(out.readAllBytes(), StandardCharsets.US_ASCII))
                            .orElse(GpuReading.UNKNOWN);
                }
                log.debug("{} does not answer within {}", program, patience);
            } finally {
                tool.destroyForcibly();
            }
        } catch (IOException e) {
            log.debug("{} cannot be run", program, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return GpuReading.UNKNOWN;
    }
}

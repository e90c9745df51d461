package org.initlab.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The memory of the whole process, including PyTorch's tensors, which the JVM's own meters do not see; only on Linux. */
@Component
class ProcessMeters {
    private static final Logger log = LoggerFactory.getLogger(ProcessMeters.class);
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final double KIBIBYTE = 1024;

    ProcessMeters(MeterRegistry registry) {
        if (Files.isReadable(STATUS)) {
            Gauge.builder("initlab.process.memory.resident", ProcessMeters::residentBytes)
                    .baseUnit("bytes")
                    .description("Physical memory of the process: heap, native libraries and tensors on the CPU")
                    .register(registry);
        }
    }

    private static double residentBytes() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * KIBIBYTE)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            log.debug("{} cannot be read", STATUS, e);
            return Double.NaN;
        }
    }
}

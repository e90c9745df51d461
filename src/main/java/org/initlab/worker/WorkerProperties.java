package org.initlab.worker;

import jakarta.validation.constraints.Positive;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * A worker's settings.
 *
 * @param name what runs show as their worker; defaults to host and process id
 * @param threads PyTorch's intra-op threads for runs that begin here; defaults to the number of processors
 * @param maxAttempts how many attempts in a row may get no further than the last checkpoint, as when the process dies,
 *     before a run fails; defaults to 5
 * @param tf32 whether an NVIDIA GPU may round the factors of convolutions and matrix products to 10 bits, which is faster;
 *     PyTorch's own default is: only those of convolutions
 * @param heartbeat how often a worker shows that it is alive, the same for all processes of a database; one that is
 *     silent for six times as long is dead; defaults to 4 s
 * @param keepMemory how long an idle worker keeps the memory of its last run, so that the next run of the same size need
 *     not wait for the system to find it again; defaults to 2 minutes
 * @param led whether another process started this one and keeps its standard input open: it ends when that closes
 */
@Validated
@ConfigurationProperties(prefix = "initlab.worker", ignoreUnknownFields = false)
record WorkerProperties(
        String name,
        @Positive Integer threads,
        @Positive Integer maxAttempts,
        @Nullable Boolean tf32,
        @DurationMin(millis = 100) Duration heartbeat,
        @DurationMin Duration keepMemory,
        boolean led) {
    /** As {@code db-scheduler.missed-heartbeats-limit}. */
    private static final int BEATS_A_LEASE = 6;

    WorkerProperties {
        name = name == null || name.isBlank()
                ? host() + ":" + ProcessHandle.current().pid()
                : name;
        threads = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        maxAttempts = maxAttempts == null ? 5 : maxAttempts;
        heartbeat = heartbeat == null ? Duration.ofSeconds(4) : heartbeat;
        keepMemory = keepMemory == null ? Duration.ofMinutes(2) : keepMemory;
    }

    /** A worker without a heartbeat for this long is dead. */
    Duration lease() {
        return heartbeat.multipliedBy(BEATS_A_LEASE);
    }

    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}

package org.initlab.run;

import jakarta.validation.constraints.Positive;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * A worker's settings.
 *
 * @param name what runs show as their worker; host and process id where none is given
 * @param threads PyTorch's intra-op threads for runs that begin here; the number of processors where none is given
 * @param maxAttempts in a row that may end without a finished epoch, as when the process dies, before a run fails; 3
 *     where none is given
 */
@Validated
@ConfigurationProperties("initlab.worker")
record WorkerProperties(String name, @Positive Integer threads, @Positive Integer maxAttempts) {
    WorkerProperties {
        name = name == null ? host() + ":" + ProcessHandle.current().pid() : name;
        threads = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        maxAttempts = maxAttempts == null ? 3 : maxAttempts;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}

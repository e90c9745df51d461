package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.initlab.ServiceClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownTest {
    @TempDir
    Path home;

    @Test
    void openStreamsAndWaitingRequestsEndInOrderAndDoNotDelayIt() throws IOException {
        try (ServiceProcess service = ServiceProcess.start(home, "initlab.quickstart=false", "initlab.roles=api")) {
            String path = service.client().submit("{\"dataset\": {\"name\": \"digits\"}}");
            try (EventReader reader = EventReader.open(service.port(), path, null)) {
                CompletableFuture<Answer> waiting = service.client().getLater(path + "/metrics?wait=60");
                assertThat(reader.next()).isPresent();
                // answered after the request above has begun to wait, which nothing tells
                assertThat(service.client().get(path).status()).isEqualTo(200);
                service.terminate();

                assertThat(reader.next()).isEmpty();
                assertThat(waiting.join().status()).isEqualTo(200);
            }
        }
        assertThat(Files.readString(home.resolve("service.log")))
                .contains("Graceful shutdown complete")
                .doesNotContain("Graceful shutdown aborted");
    }
}

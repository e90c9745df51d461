package org.initlab.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.initlab.ServiceClient;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** With a PostgreSQL that joins by nested loops, as it may choose to on any day by its statistics. */
@ServiceTest
@TestPropertySource(
        properties = {
            "initlab.roles=api,worker",
            "spring.datasource.hikari.connection-init-sql=set enable_hashjoin = off; set enable_mergejoin = off;"
                    + " set enable_hashagg = off; set enable_sort = off; set enable_material = off"
        })
class QueuePlanTest {
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": 64, "testLimit": 32, "positiveRate": 0.25},
             "model": {"architecture": "efficientnet_b0"}, "training": {"epochs": %d, "batchSize": 32}, "trials": %d}""";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Test
    void theQueueGivesOutOneRunAtATimeWhateverPlanPostgresqlMakes() {
        ServiceClient client = new ServiceClient(port);
        String running = client.submit(SPEC.formatted(500, 1));
        String waiting = client.submit(SPEC.formatted(0, 3));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> client.get(running).body().at("/runs/running").asInt() == 1);
        client.post(running + "/cancel", "");

        Set<Long> picked = new HashSet<>();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    picked.add(jdbc.sql("select count(*) from scheduled_tasks where picked")
                            .query(Long.class)
                            .single());
                    return client.get(waiting).body().get("state").asString().equals("SUCCEEDED");
                });
        assertThat(picked).contains(1L).allMatch(count -> count <= 1);
    }
}

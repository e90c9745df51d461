package org.initlab.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.initlab.ServiceClient;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** With a worker that never looks into the queue of its own accord. */
@ServiceTest
@TestPropertySource(
        properties = {"initlab.roles=api,worker", "db-scheduler.polling-interval=1h", "initlab.worker.heartbeat=200ms"})
class DispatchTest {
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": 64, "testLimit": 32, "positiveRate": 0.25},
             "model": {"architecture": "efficientnet_b0"}, "biasInits": [{"type": "zeros"}],
             "training": {"epochs": %d, "batchSize": 32}, "trials": %d}""";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Test
    void whatIsQueuedInTheProcessOfAWorkerDoesNotWaitForItsNextLook() {
        ServiceClient client = new ServiceClient(port);

        String path = client.submit(SPEC.formatted(0, 2));
        assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");

        String paused = client.submit(SPEC.formatted(500, 1));
        await().atMost(Duration.ofMinutes(1)).until(() -> isRunning(client, paused));
        client.post(paused + "/pause", "");
        await().atMost(Duration.ofMinutes(1)).until(() -> !isRunning(client, paused));
        client.post(paused + "/resume", "");
        await().atMost(Duration.ofMinutes(1)).until(() -> isRunning(client, paused));
        client.post(paused + "/cancel", "");
    }

    @Test
    void aWorkerWhoseClockIsBehindIsNotDead() {
        ServiceClient client = new ServiceClient(port);
        jdbc.sql(
                        """
                        create function an_hour_behind() returns trigger language plpgsql as $$
                        begin
                            new.last_heartbeat := new.last_heartbeat - interval '1 hour';
                            return new;
                        end $$;
                        create trigger an_hour_behind before update on scheduled_tasks
                        for each row when (new.picked) execute function an_hour_behind()""")
                .update();
        String path = client.submit(SPEC.formatted(500, 1));
        await().atMost(Duration.ofMinutes(1)).until(() -> isRunning(client, path));

        // held by somebody who is dead indeed
        jdbc.sql(
                        """
                        insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat,
                            version, priority)
                        values ('train', gen_random_uuid() || '/1', now(), true, 'ghost', now() - interval '1 hour', 1, 0)""")
                .update();
        await().atMost(Duration.ofMinutes(1)).until(() -> held().size() == 1);

        assertThat(held().get(0)).isNotEqualTo("ghost");
        jdbc.sql("drop function an_hour_behind cascade").update();
        client.post(path + "/cancel", "");
    }

    /** Who holds the entries that are not free. */
    private List<String> held() {
        return jdbc.sql("select picked_by from scheduled_tasks where picked")
                .query(String.class)
                .list();
    }

    private static boolean isRunning(ServiceClient client, String path) {
        return client.get(path).body().at("/runs/running").asInt() == 1;
    }
}

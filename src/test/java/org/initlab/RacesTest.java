package org.initlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Users who change their minds all at once while a worker trains. */
@ServiceTest
@TestPropertySource(properties = "initlab.roles=api,worker")
class RacesTest {
    private static final int USERS = 8;
    private static final int DECISIONS = 60;
    private static final List<String> VERBS = List.of("pause", "resume", "retry", "pause", "resume", "priority");
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": 64, "testLimit": 32, "positiveRate": 0.25},
             "model": {"architecture": "efficientnet_b0"}, "biasInits": [{"type": "zeros"}],
             "training": {"epochs": 2, "batchSize": 16}, "trials": 2}""";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Test
    void noRunIsLostAndNoEntryIsLeftBehindWhateverUsersDoAtOnce() throws Exception {
        ServiceClient client = new ServiceClient(port);
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            paths.add(client.submit(SPEC));
        }
        ExecutorService users = Executors.newFixedThreadPool(USERS);
        List<Future<Integer>> worst = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            Random random = new Random(user);
            worst.add(users.submit(() -> decide(client, paths, random)));
        }
        for (Future<Integer> status : worst) {
            assertThat(status.get()).isLessThan(500);
        }
        users.shutdown();
        for (String path : paths) {
            client.post(path + "/resume", "");
            assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");
            assertThat(client.get(path + "/metrics").body().at("/arms/0/trials").valueStream())
                    .allMatch(trial -> trial.get("epochs").size() == 3);
        }
        for (String path : paths) {
            await().until(() -> entries(path) == 0);
        }
    }

    private long entries(String path) {
        return jdbc.sql(
                        """
                        select count(*) from scheduled_tasks t join run r on t.task_instance like r.id || '/%'
                        where r.experiment_id = ?::uuid""")
                .param(path.substring(path.lastIndexOf('/') + 1))
                .query(Long.class)
                .single();
    }

    private static int decide(ServiceClient client, List<String> paths, Random random) {
        int worst = 0;
        for (int i = 0; i < DECISIONS; i++) {
            String path = paths.get(random.nextInt(paths.size()));
            String verb = VERBS.get(random.nextInt(VERBS.size()));
            int status = verb.equals("priority")
                    ? client.patch(path, "{\"priority\": " + random.nextInt(5) + "}")
                            .status()
                    : client.post(path + "/" + verb, "").status();
            worst = Math.max(worst, status);
        }
        return worst;
    }
}

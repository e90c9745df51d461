package org.initlab.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.initlab.ServiceClient;
import org.initlab.platform.database.StoppablePostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every service of {@code docker-compose.yml} and every workload of {@code kubernetes/} that runs an image of the project,
 * started as its file says, on one PostgreSQL: what is posted to the API is trained by each worker in its turn.
 *
 * <p>Environment, arguments, user, mounts, secrets and the read-only root come from these files and from the Dockerfile; see
 * {@link Container} and {@link Image} for what stands in for an engine and for a GPU's libraries. Replaced are:
 *
 * <ul>
 *   <li>the port in {@code postgres:5432} by the one of the test's PostgreSQL, which has the role and the database that the
 *       file asks of it;
 *   <li>the device of workers for GPUs. As their files have it they are started too, and must refuse to start, as there
 *       is no GPU that their PyTorch could use; then they train with {@code INITLAB_DEVICE=auto}, on the CPU.
 * </ul>
 *
 * Added are options for Java to start faster. Limits of memory and processors are not applied.
 */
@EnabledOnOs(OS.LINUX)
class DeploymentIT {
    private static final String DATABASE = "postgres:5432";
    private static final String SPEC =
            """
            {"dataset": {"name": "synthetic", "trainLimit": 16, "testLimit": 8, "positiveRate": 0.25},
             "model": {"architecture": "mobilenet_v3_small", "head": "replace"}, "biasInits": [{"type": "positive_rate"}],
             "training": {"epochs": 1, "batchSize": 16}, "trials": 1}""";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static StoppablePostgres postgres;
    private static Secrets secrets;

    @BeforeAll
    static void prepare() throws IOException {
        Container.requireNamespaces();
        secrets = Secrets.make(folder.resolve("project"));
        postgres = new StoppablePostgres(folder.resolve("postgres"));
    }

    @AfterAll
    static void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void theServicesOfComposeTrainTogether() throws Exception {
        ComposeFile compose = ComposeFile.read(secrets.project());
        Map<String, String> database = compose.environment("postgres");
        trainTogether("compose", database.get("POSTGRES_USER"), database.get("POSTGRES_DB"), compose.workloads());
    }

    @Test
    void theWorkloadsOfKubernetesTrainTogether() throws Exception {
        Map<String, Path> cluster = secrets.ofKubernetes(folder.resolve("cluster"));
        Set<Workload> workloads = new LinkedHashSet<>();
        for (String overlay : List.of("cpu", "gpu")) {
            workloads.addAll(Manifests.read(overlay, cluster).workloads());
        }
        trainTogether("kubernetes", "initlab", "initlab", List.copyOf(workloads));
    }

    private static void trainTogether(String name, String user, String database, List<Workload> workloads)
            throws Exception {
        assertThat(workloads)
                .extracting(Workload::isWorker)
                .containsOnlyOnce(false)
                .contains(true);
        assertThat(workloads).extracting(Workload::needsGpu).contains(true, false);
        makeDatabase(user, database);
        Host host = Host.in(folder.resolve(name), Image.of("cpu").user(), "postgres");
        try (Rollout rollout = new Rollout(host, DATABASE, "postgres:" + postgres.port())) {
            for (Workload workload : workloads) {
                rollout.start(workload);
            }
            rollout.awaitReady();
            ServiceClient client = rollout.api().client(secrets.read("my_token"));
            Quickstarts.cancelTheOnly(client);
            trainWithEach(rollout, client);
            rollout.checkRefusals();
        }
        assertThat(host.volume("/data").resolve("checkpoints")).isNotEmptyDirectory();
    }

    private static void trainWithEach(Rollout rollout, ServiceClient client) {
        while (rollout.hasWorkers()) {
            String path = client.submit(SPEC);
            assertThat(client.awaitEnd(path).get("state").asString()).isEqualTo("SUCCEEDED");
            assertThat(client.get(path + "/metrics").body().at("/arms/0/trials/0/epochs"))
                    .hasSize(2);
            rollout.stopWorker(client.get(path + "/runs").body().at("/0/worker").asString());
        }
    }

    private static void makeDatabase(String user, String database) throws IOException {
        for (String statement : List.of(
                "drop database if exists " + database + " with (force)",
                "drop role if exists " + user,
                "create role " + user + " login password '" + secrets.read("database_password") + "'",
                "create database " + database + " owner " + user)) {
            postgres.jdbc().sql(statement).update();
        }
    }
}

package org.initlab.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The containers of workloads that belong together: the API and its workers. */
final class Rollout implements AutoCloseable {
    private static final int TERMINATED = 128 + 15;

    /** Prints the user, how the root is mounted, and which of some paths can be written or not even read. */
    private static final String LOOK =
            """
            id -u
            sed -n 's|^[^ ]* / [^ ]* \\(r[ow]\\).*|\\1|p' /proc/self/mounts
            for path; do
                [ -r "$path" ] || echo "unreadable: $path"
                ! [ -w "$path" ] || echo "$path"
            done
            """;

    private final Host host;
    private final String databaseInFiles;
    private final String database;
    private final List<Container> all = new ArrayList<>();
    private final List<Container> refused = new ArrayList<>();
    private final Map<Container, Workload> workers = new LinkedHashMap<>();
    private Container api;

    /**
     * With nothing started.
     *
     * @param databaseInFiles host and port of the database in the workloads' files
     * @param database what to put in its place
     */
    Rollout(Host host, String databaseInFiles, String database) {
        this.host = host;
        this.databaseInFiles = databaseInFiles;
        this.database = database;
    }

    /** Starts a workload's replicas; one for a GPU once more, as it is, before it gets whatever device there is. */
    void start(Workload workload) throws IOException {
        checkItsWalls(workload);
        for (int i = 0; i < workload.replicas(); i++) {
            startOne(workload);
        }
    }

    private void startOne(Workload workload) throws IOException {
        if (workload.needsGpu()) {
            refused.add(start(workload, Map.of()));
        }
        Container container = start(workload, workload.needsGpu() ? Map.of("INITLAB_DEVICE", "auto") : Map.of());
        if (workload.isWorker()) {
            workers.put(container, workload);
        } else {
            api = container;
        }
    }

    private Container start(Workload workload, Map<String, String> changes) throws IOException {
        Map<String, String> environment = new HashMap<>(Container.FAST_START);
        workload.environment()
                .forEach((name, value) -> environment.put(name, value.replace(databaseInFiles, database)));
        environment.putAll(changes);
        Container container = Container.start(workload, host, environment);
        all.add(container);
        return container;
    }

    /** That the container is as its file says, by a look from within. */
    private void checkItsWalls(Workload workload) throws IOException {
        Set<String> writable = new TreeSet<>(workload.volumes());
        writable.addAll(workload.scratch());
        List<String> look = new ArrayList<>(List.of("sh", "-c", LOOK, "sh"));
        look.addAll(writable);
        look.addAll(List.of("/", "/app", "/app/lib", "/app/bin/initlab", "/etc", "/opt/pytorch", "/usr/bin"));
        look.addAll(workload.secrets().keySet());
        Container container = Container.run(workload, host, Map.of(), look);
        assertThat(container.awaitExit()).isZero();
        List<String> seen = new ArrayList<>(List.of(Container.userId(workload), workload.readOnly() ? "ro" : "rw"));
        seen.addAll(writable);
        assertThat(container.log().lines()).containsExactlyElementsOf(seen);
    }

    void awaitReady() {
        all.stream().filter(container -> !refused.contains(container)).forEach(Container::awaitReady);
    }

    /** One that has no worker's role. */
    Container api() {
        return api;
    }

    boolean hasWorkers() {
        return !workers.isEmpty();
    }

    /** Stops the worker that runs show under a name. */
    void stopWorker(String name) {
        Container worker = workers.keySet().stream()
                .filter(container -> container.isNamed(name, workers.get(container)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no worker of this rollout is named " + name));
        Workload workload = workers.remove(worker);
        assertThat(workload.probes()).allMatch(path -> worker.status(path) == 200);
        worker.close();
        assertThat(worker.awaitExit()).isEqualTo(TERMINATED);
    }

    /** That those who need a GPU have said so and ended. */
    void checkRefusals() throws IOException {
        for (Container container : refused) {
            assertThat(container.awaitExit()).isPositive();
            assertThat(container.log())
                    .contains("initlab.device is cuda, but there is no cuda: PyTorch finds no GPU")
                    .contains("or set initlab.device to cpu or auto")
                    .doesNotContain("\tat ");
        }
    }

    @Override
    public void close() {
        all.forEach(Container::close);
    }
}

package org.initlab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.UUID;
import org.initlab.ServiceClient;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The state's gauges on the real database, which other tests fill too. */
@ServiceTest
class StateMetersTest {
    private static final String PREFIX = "observed ";

    @LocalServerPort
    int port;

    @Autowired
    StateQuery query;

    @Autowired
    JdbcClient jdbc;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void clean() {
        jdbc.sql("delete from experiment where name like ?").param(PREFIX + "%").update();
    }

    @Test
    void whatWaitsIsCountedByStateAndPriority() {
        StateMeters meters = new StateMeters(query, registry);
        meters.refresh();
        double queued = value("initlab.runs", "state", "QUEUED");
        double high = value("initlab.queue.runs", "priority", "high");
        double normal = value("initlab.queue.runs", "priority", "normal");
        double experiments = value("initlab.experiments", "state", "QUEUED");

        new ServiceClient(port)
                .submit("{\"name\": \"observed queued\", \"dataset\": {\"name\": \"digits\"}, \"trials\": 3,"
                        + " \"priority\": 5}");
        meters.refresh();

        assertThat(value("initlab.runs", "state", "QUEUED")).isEqualTo(queued + 6);
        assertThat(value("initlab.experiments", "state", "QUEUED")).isEqualTo(experiments + 1);
        assertThat(value("initlab.queue.runs", "priority", "high")).isEqualTo(high + 6);
        assertThat(value("initlab.queue.runs", "priority", "normal")).isEqualTo(normal);
        assertThat(value("initlab.queue.oldest.wait", "priority", "high")).isPositive();
        assertThat(value("initlab.runs", "state", "DIVERGED")).isZero();
    }

    @Test
    void aLiveExperimentsArmShowsTheLastEpochUntilTheExperimentEnds() {
        UUID experiment = live(1);
        UUID run = run(experiment, "zeros");
        epoch(run, 0, 0.7);
        epoch(run, 1, 0.4);
        StateMeters meters = new StateMeters(query, registry);
        meters.refresh();

        assertThat(value("initlab.live.loss", "experiment", PREFIX + 1)).isEqualTo(0.4);
        assertThat(value("initlab.live.epoch", "experiment", PREFIX + 1)).isEqualTo(1);
        assertThat(value("initlab.live.objective", "experiment", PREFIX + 1)).isEqualTo(1.4);
        assertThat(value("initlab.live.mean.probability", "experiment", PREFIX + 1))
                .isEqualTo(0.3);
        assertThat(value("initlab.live.ece", "experiment", PREFIX + 1)).isEqualTo(0.2);
        assertThat(value("initlab.live.roc.auc", "experiment", PREFIX + 1)).isNaN();
        assertThat(registry.get("initlab.runs.progress.age").gauge().value()).isPositive();

        jdbc.sql("update experiment set state = 'SUCCEEDED' where id = ?")
                .param(experiment)
                .update();
        meters.refresh();
        assertThat(curves()).isEmpty();
    }

    @Test
    void ofTwoLiveExperimentsWithOneNameTheNewerOnesArmIsShown() {
        UUID older = live(1);
        jdbc.sql("update experiment set created_at = created_at - interval '1 day' where id = ?")
                .param(older)
                .update();
        epoch(run(live(1), "zeros"), 0, 0.7);
        epoch(run(older, "zeros"), 0, 0.5);
        epoch(run(older, "default"), 0, 0.6);
        new StateMeters(query, registry).refresh();

        assertThat(value("initlab.live.loss", "arm", "zeros")).isEqualTo(0.7);
        assertThat(value("initlab.live.loss", "arm", "default")).isEqualTo(0.6);
    }

    @Test
    void theCurvesOfTheTwentyNewestLiveExperimentsAreShown() {
        for (int age = 0; age < 23; age++) {
            epoch(run(live(age), "zeros"), 0, 0.7);
        }
        new StateMeters(query, registry).refresh();

        assertThat(curves()).hasSize(20).contains(PREFIX + 0, PREFIX + 19).doesNotContain(PREFIX + 20);
    }

    @Test
    void everyMeterIsDescribed() {
        new StateMeters(query, registry);
        new TrainingMeters(registry);
        new ProcessMeters(registry);

        assertThat(registry.getMeters()).isNotEmpty().allSatisfy(meter -> assertThat(
                        meter.getId().getDescription())
                .as(meter.getId().getName())
                .isNotBlank());
    }

    /** Newer than what other tests left alive, as only the newest are shown. */
    private UUID live(int age) {
        UUID id = UUID.randomUUID();
        jdbc.sql(
                        """
                        insert into experiment (id, name, name_key, state, spec, dataset, architecture, priority, revision, created_at)
                        values (:id, :name, :name, 'RUNNING', '{}', 'digits', 'efficientnet_b0', 0, 0, now() + interval '1 day' - make_interval(mins => :age))""")
                .param("id", id)
                .param("name", PREFIX + age)
                .param("age", age)
                .update();
        return id;
    }

    private UUID run(UUID experiment, String arm) {
        UUID id = UUID.randomUUID();
        jdbc.sql(
                        """
                        insert into run (id, experiment_id, arm, arm_index, trial, plan, state, attempt, fruitless_attempts,
                            epochs_total, epochs_done, created_at, started_at)
                        values (?, ?, ?, (select count(*) from run where experiment_id = ?), 0, '{}', 'RUNNING', 1, 0, 3, 0, now(), now() - interval '10 s')""")
                .params(id, experiment, arm, experiment)
                .update();
        return id;
    }

    private void epoch(UUID run, int epoch, double loss) {
        jdbc.sql(
                        """
                        insert into epoch (run_id, epoch, loss, objective, mean_probability, ece, eval_seconds, committed_at)
                        values (?, ?, ?, ?, 0.3, 0.2, 1, now())""")
                .params(run, epoch, loss, loss + 1)
                .update();
    }

    private double value(String name, String tag, String value) {
        return registry.get(name).tag(tag, value).gauge().value();
    }

    private List<String> curves() {
        return registry.find("initlab.live.loss").gauges().stream()
                .map(Gauge::getId)
                .map((Meter.Id id) -> id.getTag("experiment"))
                .filter(name -> name.startsWith(PREFIX))
                .toList();
    }
}

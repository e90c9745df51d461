package org.initlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.initlab.ServiceClient;
import org.initlab.ServiceClient.Answer;
import org.initlab.analysis.EarlyStop;
import org.initlab.analysis.SequentialDesign;
import org.initlab.platform.ServiceTest;
import org.initlab.training.BinaryMetrics;
import org.initlab.training.EpochResult;
import org.initlab.training.Outcome;
import org.initlab.training.StepLosses;
import org.initlab.worker.Worker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Experiments that are decided before their last trial, with made-up losses, on the real database. */
@ServiceTest
class EarlyStoppingTest {
    private static final Worker WORKER = new Worker(UUID.randomUUID(), "one", "here", "cpu", 2, 100, Duration.ZERO);
    private static final StepLosses NO_STEPS = new StepLosses(new long[0], new double[0]);
    private static final int ARMS = 3;
    private static final int TRIALS = 12;
    private static final double MARGIN = 0.05;
    private static final int NONE = -1;

    /** The trial whose losses decide. */
    private static final int LAST = lastTrial(NONE);

    @LocalServerPort
    int port;

    @Autowired
    RunLedger ledger;

    @Autowired
    RunClaims claims;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private ServiceClient client;
    private String experiment;
    private int epochs;

    private record Entry(UUID run, int arm, int trial, int number) {}

    @BeforeEach
    void connect() {
        client = new ServiceClient(port);
    }

    private void submit(int epochs) {
        this.epochs = epochs;
        experiment = client.submit(spec("{\"margin\": 0.05, \"minTrials\": 4}", epochs));
    }

    private static String spec(String stopping, int epochs) {
        return """
               {"dataset": {"name": "digits", "positiveClass": "0"}, "trials": %d, "training": {"epochs": %d}, "stopping": %s,
                "biasInits": [{"type": "zeros"}, {"type": "default"}, {"type": "positive_rate"}]}"""
                .formatted(TRIALS, epochs, stopping);
    }

    /** {@code zeros} is clearly better than {@code default}, {@code positive_rate} about the same. */
    private static double loss(int arm, int trial) {
        double noise = 0.01 * Math.sin(5 + 7 * trial);
        return arm == 0 ? 0.2 + 0.3 * noise : arm == 1 ? 0.3 : 0.3 + 3 * noise;
    }

    private static int lastTrial(int diverged) {
        EarlyStop looks = new EarlyStop(new SequentialDesign(4, 0.05), 2, MARGIN);
        return IntStream.range(0, TRIALS)
                .filter(trial -> looks.look(trial, new double[] {
                    loss(0, trial) - loss(1, trial), trial == diverged ? Double.NaN : loss(2, trial) - loss(1, trial)
                }))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatHasNotBegunIsSkippedOnceEveryArmIsDecided() {
        submit(1);
        List<Entry> needed = upTo(LAST);
        needed.subList(0, needed.size() - 1).forEach(this::train);
        assertThat(view().get("stoppedEarly").isNull()).isTrue();
        assertThat(view().at("/runs/skipped").asInt()).isZero();
        train(needed.get(needed.size() - 1));

        JsonNode view = view();
        assertThat(view.get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(view.at("/runs/skipped").asInt()).isEqualTo(ARMS * (TRIALS - LAST - 1));
        assertThat(view.at("/runs/total").asInt()).isEqualTo(ARMS * TRIALS);
        assertThat(view.at("/progress/fraction").asDouble()).isEqualTo(1);
        assertThat(view.at("/progress/epochsTotal").asInt()).isEqualTo(ARMS * (LAST + 1));
        assertThat(view.at("/progress/etaSeconds").asInt()).isZero();
        JsonNode stopped = view.get("stoppedEarly");
        assertThat(stopped.get("trial").asInt()).isEqualTo(LAST).isEqualTo(6);
        assertThat(stopped.get("epoch").asInt()).isEqualTo(1);
        assertThat(stopped.get("baseline").asString()).isEqualTo("default");
        assertThat(stopped.get("margin").asDouble()).isEqualTo(MARGIN);
        assertThat(stopped.get("sequences").size()).isEqualTo(2);
        JsonNode zeros = stopped.at("/sequences/0");
        assertThat(zeros.get("arm").asString()).isEqualTo("zeros");
        assertThat(zeros.get("trial").asInt()).isEqualTo(3);
        assertThat(zeros.get("pairs").asInt()).isEqualTo(4);
        assertThat(zeros.get("level").asDouble()).isEqualTo(0.975);
        assertThat(zeros.get("high").asDouble()).isNegative();
        JsonNode rate = stopped.at("/sequences/1");
        assertThat(rate.get("trial").asInt()).isEqualTo(LAST);
        assertThat(rate.get("low").asDouble()).isBetween(-MARGIN, 0.0);
        assertThat(rate.get("high").asDouble()).isBetween(0.0, MARGIN);
        assertThat(entriesOfSkippedRuns()).isZero();
        JsonNode trials = client.get(experiment + "/metrics").body().at("/arms/0/trials");
        assertThat(trials.get(LAST).get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(trials.get(LAST + 1).get("state").asString()).isEqualTo("SKIPPED");
        theVerdictGoesByTheSequence(rate);
        nothingBringsSkippedRunsBack(stopped);
    }

    private void theVerdictGoesByTheSequence(JsonNode decided) {
        JsonNode arms =
                client.get(experiment + "/comparison?margin=0.05").body().get("arms");
        JsonNode zeros = arms.get(0);
        JsonNode rate = arms.get(1);
        assertThat(zeros.at("/verdict/code").asString()).isEqualTo("BETTER");
        assertThat(zeros.at("/verdict/text").asString()).contains("(97.5 % confidence sequence -0.1");
        assertThat(zeros.at("/sequence/high").asDouble())
                .isGreaterThan(zeros.at("/interval/high").asDouble());
        assertThat(rate.at("/verdict/code").asString()).isEqualTo("NO_DIFFERENCE");
        assertThat(rate.at("/equivalence/shown").asBoolean()).isTrue();
        assertThat(rate.at("/sequence/low")).isEqualTo(decided.get("low"));
        assertThat(rate.at("/sequence/high")).isEqualTo(decided.get("high"));

        // two one-sided tests of a sample of a fixed size would be content with a margin between the two
        double between = (rate.at("/interval/high").asDouble()
                        + rate.at("/sequence/high").asDouble())
                / 2;
        JsonNode closer =
                client.get(experiment + "/comparison?margin=" + between).body().at("/arms/1");
        assertThat(closer.at("/equivalence/p").asDouble()).isLessThan(0.05);
        assertThat(closer.at("/equivalence/shown").asBoolean()).isFalse();
        assertThat(closer.at("/verdict/code").asString()).isEqualTo("INCONCLUSIVE");
        JsonNode areas =
                client.get(experiment + "/comparison?metric=rocAuc").body().at("/arms/0");
        assertThat(areas.at("/sequence/low").asDouble()).isZero();
    }

    private void nothingBringsSkippedRunsBack(JsonNode stopped) {
        assertThat(client.post(experiment + "/retry", "").status()).isEqualTo(409);
        assertThat(client.post(experiment + "/extend", "{\"epochs\": 2}").status())
                .isEqualTo(200);
        assertThat(view().at("/runs/queued").asInt()).isEqualTo(ARMS * (LAST + 1));
        assertThat(view().at("/progress/epochsTotal").asInt()).isEqualTo(2 * ARMS * (LAST + 1));
        client.post(experiment + "/pause", "");
        client.post(experiment + "/resume", "");
        assertThat(view().at("/runs/skipped").asInt()).isEqualTo(ARMS * (TRIALS - LAST - 1));
        assertThat(view().get("stoppedEarly")).isEqualTo(stopped);
        client.post(experiment + "/cancel", "");
        assertThat(view().at("/runs/skipped").asInt()).isEqualTo(ARMS * (TRIALS - LAST - 1));
        assertThat(view().get("state").asString()).isEqualTo("CANCELLED");
    }

    /** Every run up to a trial too far has begun before any ends, and they end in any order. */
    @Test
    void theOrderInWhichRunsEndDoesNotChangeTheDecision() {
        submit(0);
        List<Entry> entries = new ArrayList<>(upTo(LAST + 1));
        entries.remove(entries.size() - 1);
        List<Lease> leases = new ArrayList<>();
        entries.forEach(entry -> leases.add(claim(entry).orElseThrow()));
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, leases.size()).boxed().toList());
        Collections.shuffle(order, new Random(18));
        order.forEach(at -> finish(
                leases.get(at), loss(entries.get(at).arm(), entries.get(at).trial())));

        assertThat(view().at("/runs/succeeded").asInt()).isEqualTo(leases.size());
        assertThat(view().at("/runs/queued").asInt())
                .as("of a trial that has begun")
                .isEqualTo(1);
        train(upTo(LAST + 1).get(leases.size()));
        assertThat(view().get("state").asString()).isEqualTo("SUCCEEDED");
        assertDecidedAsUndisturbed();
    }

    private void assertDecidedAsUndisturbed() {
        EarlyStop looks = new EarlyStop(new SequentialDesign(4, 0.05), 2, MARGIN);
        for (int trial = 0; trial <= LAST; trial++) {
            looks.look(trial, new double[] {loss(0, trial) - loss(1, trial), loss(2, trial) - loss(1, trial)});
        }
        JsonNode stopped = view().get("stoppedEarly");
        assertThat(stopped.get("trial").asInt()).isEqualTo(LAST);
        for (int arm = 0; arm < 2; arm++) {
            assertThat(stopped.at("/sequences/" + arm + "/low").asDouble())
                    .isEqualTo(looks.decisions().get(arm).low());
            assertThat(stopped.at("/sequences/" + arm + "/high").asDouble())
                    .isEqualTo(looks.decisions().get(arm).high());
        }
    }

    @Test
    void aFailedRunHoldsTheLooksBackUntilItIsRetried() {
        submit(0);
        List<Entry> entries = upTo(LAST + 2);
        for (Entry entry : entries) {
            if (entry.arm() == 2 && entry.trial() == 1) {
                ledger.fail(claim(entry).orElseThrow(), "out of memory", true);
            } else {
                train(entry);
            }
        }
        assertThat(view().get("stoppedEarly").isNull()).isTrue();
        assertThat(view().at("/runs/skipped").asInt()).isZero();

        client.post(experiment + "/retry", "");
        train(entry(2, 1));
        assertDecidedAsUndisturbed();
        assertThat(view().at("/runs/skipped").asInt()).isEqualTo(ARMS * (TRIALS - LAST - 3));
        assertThat(view().get("state").asString()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aPairWithADivergedRunIsLeftOutAndItsRetryChangesNothing() {
        submit(0);
        int last = lastTrial(2);
        for (Entry entry : upTo(last)) {
            if (entry.arm() == 2 && entry.trial() == 2) {
                ledger.finish(claim(entry).orElseThrow(), new Outcome.Diverged("infinite", 0, NO_STEPS));
            } else {
                train(entry);
            }
        }
        JsonNode stopped = view().get("stoppedEarly");
        assertThat(stopped.get("trial").asInt()).isEqualTo(last).isEqualTo(LAST + 1);
        assertThat(stopped.at("/sequences/1/pairs").asInt()).isEqualTo(last);

        client.post(experiment + "/retry", "");
        train(entry(2, 2));
        assertThat(view().get("stoppedEarly")).isEqualTo(stopped);
        assertThat(view().at("/runs/skipped").asInt()).isEqualTo(ARMS * (TRIALS - last - 1));
    }

    @Test
    void aPausedTrialThatHasNotBegunIsSkipped() {
        submit(0);
        List<Entry> entries = upTo(LAST);
        Entry lastOne = entries.remove(entries.size() - 1);
        entries.forEach(this::train);
        Lease running = claim(lastOne).orElseThrow();
        client.post(experiment + "/pause", "");
        finish(running, loss(lastOne.arm(), lastOne.trial()));

        assertThat(view().at("/runs/paused").asInt()).isZero();
        assertThat(view().at("/runs/skipped").asInt()).isEqualTo(ARMS * (TRIALS - LAST - 1));
        assertThat(view().get("state").asString()).isEqualTo("SUCCEEDED");
    }

    /** A user's verb locks runs in the order of their ids; so does the end of a run that may end others, or the two could deadlock. */
    @Test
    void theEndOfARunWaitsForAVerbThatHasBegun() {
        submit(0);
        List<Entry> entries = upTo(LAST);
        Entry lastOne = entries.remove(entries.size() - 1);
        entries.forEach(this::train);
        Lease lease = claim(lastOne).orElseThrow();
        commit(lease, loss(lastOne.arm(), lastOne.trial()));
        UUID first = jdbc.sql("select id from run where experiment_id = ? order by id limit 1")
                .param(id())
                .query(UUID.class)
                .single();
        assertThat(first).isNotEqualTo(lastOne.run());

        CompletableFuture<Void> end = new TransactionTemplate(transactions).execute(verb -> {
            lock(first);
            CompletableFuture<Void> ending =
                    CompletableFuture.runAsync(() -> ledger.finish(lease, new Outcome.Completed()));
            await().until(() -> jdbc.sql(
                                    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                            .query(Long.class)
                            .single()
                    > 0);
            lock(lastOne.run());
            return ending;
        });
        end.join();

        assertDecidedAsUndisturbed();
    }

    private void lock(UUID run) {
        jdbc.sql("select 1 from run where id = ? for update")
                .param(run)
                .query(Long.class)
                .single();
    }

    /** Four workers take what is next, sometimes from each other, while a user pauses, resumes and moves the experiment: no deadlock, the same decision. */
    @Test
    void workersAndUsersAtOnceDoNotChangeTheDecision() {
        submit(0);
        List<CompletableFuture<?>> busy = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            busy.add(CompletableFuture.runAsync(this::trainAll));
        }
        for (int user = 0; user < 2; user++) {
            Random random = new Random(user);
            busy.add(CompletableFuture.runAsync(() -> changeYourMind(random)));
        }
        CompletableFuture.allOf(busy.toArray(CompletableFuture[]::new)).join();
        client.post(experiment + "/resume", "");
        trainAll();

        JsonNode view = view();
        assertThat(view.get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(view.at("/runs/succeeded").asInt() % ARMS).isZero();
        assertThat(view.at("/runs/succeeded").asInt() + view.at("/runs/skipped").asInt())
                .isEqualTo(ARMS * TRIALS);
        assertDecidedAsUndisturbed();
    }

    private void trainAll() {
        for (Optional<Entry> next = next(); next.isPresent(); next = next()) {
            Entry entry = next.get();
            try {
                claim(entry).ifPresent(lease -> finish(lease, loss(entry.arm(), entry.trial())));
            } catch (LeaseLostException e) {
                // another worker took it over
            }
        }
    }

    private void changeYourMind(Random random) {
        for (int i = 0; i < 20; i++) {
            Answer answer = random.nextBoolean()
                    ? client.patch(experiment, "{\"priority\": " + random.nextInt(5) + "}")
                    : client.post(experiment + (random.nextBoolean() ? "/pause" : "/resume"), "");
            assertThat(answer.status()).isIn(200, 409);
        }
        client.post(experiment + "/resume", "");
    }

    @Test
    void aSpecWithStoppingIsFilledInAndCanBePostedAgain() {
        JsonNode spec = client.post("/experiments", spec("{}", 1)).body().get("spec");
        assertThat(spec.get("stopping").toString()).isEqualTo("{\"margin\":null,\"minTrials\":5,\"alpha\":0.05}");
        assertThat(client.post("/experiments", spec.toString()).body().get("spec"))
                .isEqualTo(spec);
        assertThat(client.post("/experiments", spec("null", 1))
                        .body()
                        .at("/spec/stopping")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"minTrials\": 13} | /stopping/minTrials | must not be more than trials, which is 12",
                "{\"minTrials\": 2} | /stopping/minTrials | must be between 3 and 1000",
                "{\"margin\": 0} | /stopping/margin | must be above 0",
                "{\"alpha\": 0} | /stopping/alpha | must be greater than or equal to 0.0001",
                "{\"minTrails\": 5} | /stopping/minTrails | did you mean 'minTrials'",
                "5 | /stopping | must be an object"
            })
    void aBadPartIsNamed(String stopping, String pointer, String detail) {
        JsonNode error = client.post("/experiments", spec(stopping, 1)).body().at("/errors/0");

        assertThat(error.get("pointer").asString()).isEqualTo(pointer);
        assertThat(error.get("detail").asString()).contains(detail);
    }

    @Test
    void oneArmCannotBeDecided() {
        JsonNode problem = client.post(
                        "/experiments",
                        "{\"dataset\": {\"name\": \"digits\"}, \"biasInits\": [{\"type\": \"zeros\"}], \"stopping\": {}}")
                .body();

        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/stopping");
        assertThat(problem.at("/errors/0/detail").asString()).contains("at least two");
    }

    private void train(Entry entry) {
        finish(claim(entry).orElseThrow(), loss(entry.arm(), entry.trial()));
    }

    private Optional<Lease> claim(Entry entry) {
        return claims.claim(entry.run(), entry.number(), WORKER) instanceof Claim.Granted granted
                ? Optional.of(granted.assignment().lease())
                : Optional.empty();
    }

    private void finish(Lease lease, double loss) {
        commit(lease, loss);
        ledger.finish(lease, new Outcome.Completed());
    }

    private void commit(Lease lease, double loss) {
        for (int epoch = 0; epoch <= epochs; epoch++) {
            BinaryMetrics metrics = new BinaryMetrics(loss, 0.5, 0.1, 0.25, loss, 0.6, 0.2, 40, 0.0);
            ledger.commit(
                    lease,
                    new EpochResult(epoch, null, metrics, 0, null, 0.1, null),
                    NO_STEPS,
                    new CheckpointRef(epoch, 0, "epoch-" + epoch, "hash"));
        }
    }

    private List<Entry> upTo(int trial) {
        return new ArrayList<>(
                entries("true").filter(entry -> entry.trial() <= trial).toList());
    }

    private Entry entry(int arm, int trial) {
        return entries("true")
                .filter(entry -> entry.arm() == arm && entry.trial() == trial)
                .findFirst()
                .orElseThrow();
    }

    private Optional<Entry> next() {
        return entries("state = 'QUEUED'").findFirst();
    }

    /** Trial by trial. */
    private Stream<Entry> entries(String condition) {
        return jdbc
                .sql("select id, arm_index, trial, queue_entry from run where experiment_id = ? and " + condition
                        + " order by trial, arm_index")
                .param(id())
                .query((rs, number) -> new Entry(
                        rs.getObject("id", UUID.class),
                        rs.getInt("arm_index"),
                        rs.getInt("trial"),
                        rs.getInt("queue_entry")))
                .list()
                .stream();
    }

    private long entriesOfSkippedRuns() {
        return jdbc.sql(
                        """
                        select count(*) from scheduled_tasks t join run r on t.task_instance like r.id || '/%'
                        where r.experiment_id = ? and r.state = 'SKIPPED'""")
                .param(id())
                .query(Long.class)
                .single();
    }

    private JsonNode view() {
        return client.get(experiment).body();
    }

    private UUID id() {
        return UUID.fromString(experiment.substring(experiment.lastIndexOf('/') + 1));
    }
}

package org.initlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.initlab.ServiceClient;
import org.initlab.platform.ServiceTest;
import org.initlab.training.BinaryMetrics;
import org.initlab.training.EpochResult;
import org.initlab.training.Outcome;
import org.initlab.training.StepLosses;
import org.initlab.training.data.ClassCount;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.data.PositiveClass;
import org.initlab.worker.Worker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Two workers and one run, on the real database. */
@ServiceTest
class RunLedgerTest {
    private static final Worker FIRST = new Worker(UUID.randomUUID(), "first", "here", "cpu", 2, 3, Duration.ZERO);
    private static final Worker SECOND = new Worker(UUID.randomUUID(), "second", "there", "cpu", 8, 3, Duration.ZERO);
    private static final DatasetSummary DATA = new DatasetSummary(
            new PositiveClass(1, "ring"),
            64,
            32,
            0.25,
            0.25,
            List.of(new ClassCount(0, "other", 48), new ClassCount(1, "ring", 16)),
            List.of(new ClassCount(0, "other", 24), new ClassCount(1, "ring", 8)),
            "sha256:" + "0".repeat(64),
            null,
            null,
            null,
            null);
    private static final StepLosses STEPS = new StepLosses(new long[] {0, 10}, new double[] {0.7, Double.NaN});

    @LocalServerPort
    int port;

    @Autowired
    RunLedger ledger;

    @Autowired
    RunClaims claims;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private ServiceClient client;
    private String experiment;
    private UUID run;

    @BeforeEach
    void submit() {
        client = new ServiceClient(port);
        experiment = client.submit(
                """
                {"dataset": {"name": "digits"}, "trials": 1, "biasInits": [{"type": "zeros"}], "training": {"epochs": 2}}""");
        run = UUID.fromString(row().get("id").asString());
    }

    @Test
    void aWorkerWhoseRunAnotherHasTakenCanWriteNothing() {
        Lease lost = claim(FIRST).lease();
        Lease held = claim(SECOND).lease();

        assertThat(ledger.look(lost)).isEqualTo(LeaseState.LOST);
        assertThatThrownBy(() -> commit(lost, 0))
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("the run is RUNNING now");
        assertThatThrownBy(() -> ledger.finish(lost, new Outcome.Completed())).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> ledger.fail(lost, "late", false)).isInstanceOf(LeaseLostException.class);
        commit(held, 0);
        assertThat(row().get("worker").asString()).isEqualTo("second");
        assertThat(epochs().size()).isEqualTo(1);
    }

    @Test
    void whatAWorkerStillDecodesIsShownUntilItsRunIsReadyOrAnothers() {
        Lease first = claim(FIRST).lease();
        ledger.preparing(first, new Preparing(3, 8));
        assertThat(row().at("/preparing/rowsDone").asInt()).isEqualTo(3);
        assertThat(client.get(experiment).body().at("/preparing/rowsTotal").asInt())
                .isEqualTo(8);
        Lease second = claim(SECOND).lease();
        assertThat(row().get("preparing").isNull()).isTrue();
        ledger.preparing(second, new Preparing(8, 8));
        ledger.finish(second, new Outcome.Stopped());
        assertThat(client.get(experiment).body().get("preparing").isNull()).isTrue();
        assertThatThrownBy(() -> ledger.preparing(first, new Preparing(4, 8))).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void aWorkerWhoseRunIsCancelledCanWriteNothing() {
        Lease lease = claim(FIRST).lease();
        client.post(experiment + "/cancel", "");

        assertThat(ledger.look(lease)).isEqualTo(LeaseState.LOST);
        assertThatThrownBy(() -> commit(lease, 0))
                .isInstanceOf(LeaseLostException.class)
                .hasMessage("run " + run + " has been cancelled");
        assertThatThrownBy(() -> ledger.finish(lease, new Outcome.Completed())).isInstanceOf(LeaseLostException.class);
        assertThat(claims.claim(run, 1, SECOND)).isInstanceOf(Claim.NothingToDo.class);
        assertThat(row().get("state").asString()).isEqualTo("CANCELLED");
    }

    @Test
    void anEpochIsStoredOnceWithItsStepsItsCheckpointAndTheProgress() {
        Lease lease = claim(FIRST).lease();
        commit(lease, 0);
        commit(lease, 1);

        commit(lease, 1);
        assertThat(epochs().size()).isEqualTo(2);
        assertThat(List.of("loss", "objective", "meanProbability", "ece", "undecidedPairs"))
                .extracting(name -> epochs().get(1).get(name).asDouble())
                .containsExactly(0.7, 0.8, 0.6, 0.2, 0.25);
        assertThat(epochs().get(1).get("distinctScores").asInt()).isEqualTo(40);
        assertThat(row().get("epochsDone").asInt()).isEqualTo(1);
        JsonNode steps =
                client.get(experiment + "/runs/" + run + "/steps").body().get("steps");
        assertThat(steps.toString()).isEqualTo("[{\"step\":0,\"loss\":0.7},{\"step\":10,\"loss\":null}]");
        Assignment next = claim(SECOND);
        assertThat(next.checkpoints()).containsExactly(checkpoint(1), checkpoint(0));
        assertThat(next.threads()).isEqualTo(FIRST.threads());
    }

    @Test
    void aRunThatIsHandedBackIsQueuedWithItsEpochs() {
        Lease lease = claim(FIRST).lease();
        commit(lease, 0);
        ledger.finish(lease, new Outcome.Stopped());

        assertThat(row().get("state").asString()).isEqualTo("QUEUED");
        assertThat(epochs().size()).isEqualTo(1);
    }

    @Test
    void aRunWhoseAttemptsAllEndWithoutAnEpochIsGivenUpWithTheCause() {
        claim(FIRST);
        commit(claim(SECOND).lease(), 0);
        claim(FIRST);
        claim(FIRST);
        claim(FIRST);

        assertThat(claims.claim(run, 1, FIRST)).isInstanceOf(Claim.NothingToDo.class);
        assertThat(row().get("state").asString()).isEqualTo("FAILED");
        assertThat(row().get("failure").asString()).contains("3 attempts in a row");
        assertThat(client.get(experiment).body().get("state").asString()).isEqualTo("FAILED");
    }

    @Test
    void aCheckpointThatIsStoredAlreadyIsNoProgress() {
        commit(claim(FIRST).lease(), 0);
        CheckpointRef withinAnEpoch = new CheckpointRef(0, 3, "step-3", "hash");
        ledger.commit(claim(FIRST).lease(), withinAnEpoch);
        for (int attempt = 0; attempt < 3; attempt++) {
            Assignment work = claim(FIRST);
            assertThat(work.checkpoints()).containsExactly(withinAnEpoch, checkpoint(0));
            ledger.commit(work.lease(), withinAnEpoch);
        }

        assertThat(claims.claim(run, 1, FIRST)).isInstanceOf(Claim.NothingToDo.class);
        assertThat(row().get("failure").asString()).contains("3 attempts in a row");
    }

    @Test
    void anAttemptKnowsWhetherTheWorkerBeforeItDied() {
        assertThat(claim(FIRST).afterCrash()).isFalse();
        Assignment second = claim(SECOND);
        assertThat(second.afterCrash()).isTrue();
        ledger.finish(second.lease(), new Outcome.Stopped());
        assertThat(claim(FIRST).afterCrash()).isFalse();
    }

    @Test
    void aRunThatNeedsAnotherDeviceIsLeftToOtherWorkers() {
        experiment = client.submit("{\"dataset\": {\"name\": \"digits\"}, \"trials\": 1, \"device\": \"cuda\"}");
        run = UUID.fromString(row().get("id").asString());

        assertThat(claims.claim(run, 1, FIRST)).isInstanceOf(Claim.WorkerUnsuitable.class);
        assertThat(row().get("state").asString()).isEqualTo("QUEUED");
        assertThat(row().get("attempts").asInt()).isZero();
    }

    @Test
    void whatAWorkerWritesBetweenEpochsDoesNotWaitForTheOthersOfItsExperiment() {
        experiment = client.submit(
                """
                {"dataset": {"name": "synthetic", "trainLimit": 64, "testLimit": 32, "positiveRate": 0.25}, "trials": 1}""");
        run = UUID.fromString(row().get("id").asString());
        Lease lease = claim(FIRST).lease();
        ledger.dataRead(lease, DATA);
        CheckpointRef withinAnEpoch = new CheckpointRef(0, 3, "step-3", "hash");

        transaction.executeWithoutResult(status -> {
            jdbc.sql("select 1 from experiment where id = ? for update")
                    .param(lease.experimentId())
                    .query(rs -> {});
            assertThat(CompletableFuture.runAsync(() -> {
                        ledger.dataRead(lease, DATA);
                        ledger.started(lease, DATA, -1);
                        ledger.commit(lease, withinAnEpoch);
                        ledger.look(lease);
                    }))
                    .succeedsWithin(Duration.ofSeconds(10));
        });
    }

    @Test
    void whatAUsersVerbChangesIsStoredAsItIsAnnounced() {
        ledger.preparing(claim(FIRST).lease(), new Preparing(3, 8));
        expectStoredAsAnnounced("/pause", "");
        expectStoredAsAnnounced("/resume", "");
        ledger.fail(claim(SECOND).lease(), "torn", false);
        expectStoredAsAnnounced("/retry", "");
        assertThat(row().get("failure").isNull()).isTrue();
        expectStoredAsAnnounced("/extend", "{\"epochs\": 5}");
        expectStoredAsAnnounced("/pause", "");
        assertThat(row().get("state").asString()).isEqualTo("PAUSED");
        expectStoredAsAnnounced("/resume", "");

        // the first place in the queue, the retry's and the resumption's
        assertThat(claims.claim(run, 2, FIRST)).isInstanceOf(Claim.NothingToDo.class);
        Assignment resumed = ((Claim.Granted) claims.claim(run, 3, FIRST)).assignment();
        assertThat(resumed.plan().training().epochs()).isEqualTo(5);
        assertThat(resumed.afterCrash()).isFalse();

        expectStoredAsAnnounced("/cancel", "");
        assertThat(row().get("state").asString()).isEqualTo("CANCELLED");
        assertThat(row().get("finishedAt").isNull()).isFalse();
    }

    private void expectStoredAsAnnounced(String verb, String body) {
        client.post(experiment + verb, body);
        JsonNode announced = JsonMapper.shared()
                .readTree(jdbc.sql("select data from event where data ->> 'id' = ? order by id desc limit 1")
                        .param(run.toString())
                        .query(String.class)
                        .single());
        assertThat(withoutWhatWorkersLack(row())).as(verb).isEqualTo(withoutWhatWorkersLack(announced));
    }

    private static JsonNode withoutWhatWorkersLack(JsonNode run) {
        return ((ObjectNode) run).without("waitingFor");
    }

    /** Enough epochs that what adds up is folded on the way. */
    @Test
    void theTallyIsWhatCountingTheRunsAndTheirEpochsGives() {
        experiment = client.submit(
                """
                {"dataset": {"name": "digits"}, "trials": 2, "biasInits": [{"type": "zeros"}], "training": {"epochs": 70}}""");
        run = UUID.fromString(row().get("id").asString());
        Lease lease = claim(FIRST).lease();
        for (int epoch = 0; epoch < 70; epoch++) {
            commit(lease, epoch);
        }
        expectTallyAsCounted();
        assertThat(tallyRows(lease)).isLessThan(100);

        lease = claim(SECOND).lease();
        ledger.fellBack(lease, List.of(checkpoint(69)), Optional.of(checkpoint(60)), "torn");
        expectTallyAsCounted();
        assertThat(progress().get("epochsDone").asInt()).isEqualTo(60);
        assertThat(progress().get("etaSeconds").asDouble()).isEqualTo(80 * 0.5);

        ledger.finish(lease, new Outcome.Diverged("NaN", 61, STEPS));
        client.post(experiment + "/extend", "{\"epochs\": 75}");
        client.post(experiment + "/retry", "");
        expectTallyAsCounted();
        client.post(experiment + "/cancel", "");
        expectTallyAsCounted();
        client.delete(experiment);
        expectTallyAsCounted();
        assertThat(tallyRows(lease)).isZero();
    }

    private void expectTallyAsCounted() {
        assertThat(jdbc.sql(
                                """
                                select experiment_id, state, sum(runs) as runs, sum(epochs_done) as done, sum(epochs_total) as total
                                from run_tally group by 1, 2 having sum(runs) <> 0 order by 1, 2""")
                        .query()
                        .listOfRows())
                .isEqualTo(jdbc.sql(
                                """
                                select experiment_id, state, count(*)::numeric as runs, sum(epochs_done)::numeric as done,
                                    sum(epochs_total)::numeric as total
                                from run group by 1, 2 order by 1, 2""")
                        .query()
                        .listOfRows());
        assertThat(jdbc.sql(
                                """
                                select experiment_id, sum(timed_epochs) as epochs, round(sum(seconds)::numeric, 6) as seconds
                                from run_tally group by 1 having sum(timed_epochs) <> 0 order by 1""")
                        .query()
                        .listOfRows())
                .isEqualTo(jdbc.sql(
                                """
                                select experiment_id, count(*)::numeric as epochs,
                                    round(sum(train_seconds + eval_seconds)::numeric, 6) as seconds
                                from epoch join run on run.id = run_id
                                where epoch > 0 and train_seconds is not null group by 1 order by 1""")
                        .query()
                        .listOfRows());
    }

    private int tallyRows(Lease lease) {
        return jdbc.sql("select count(*) from run_tally where experiment_id = ?")
                .param(lease.experimentId())
                .query(Integer.class)
                .single();
    }

    private JsonNode progress() {
        return client.get(experiment).body().get("progress");
    }

    private Assignment claim(Worker worker) {
        return ((Claim.Granted) claims.claim(run, 1, worker)).assignment();
    }

    private void commit(Lease lease, int epoch) {
        Double trainSeconds = epoch == 0 ? null : 0.4;
        EpochResult result = new EpochResult(
                epoch,
                null,
                new BinaryMetrics(0.7, 0.5, 0.1, 0.25, 0.8, 0.6, 0.2, 40, 0.25),
                0,
                trainSeconds,
                0.1,
                null);
        ledger.commit(
                lease, result, epoch == 0 ? new StepLosses(new long[0], new double[0]) : STEPS, checkpoint(epoch));
    }

    private static CheckpointRef checkpoint(int epoch) {
        return new CheckpointRef(epoch, 0, "epoch-" + epoch, "hash");
    }

    private JsonNode row() {
        return client.get(experiment + "/runs").body().get(0);
    }

    private JsonNode epochs() {
        return client.get(experiment + "/metrics").body().at("/arms/0/trials/0/epochs");
    }
}

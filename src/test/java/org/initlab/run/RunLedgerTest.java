package org.initlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.initlab.ServiceClient;
import org.initlab.platform.ServiceTest;
import org.initlab.training.BinaryMetrics;
import org.initlab.training.EpochResult;
import org.initlab.training.Outcome;
import org.initlab.training.StepLosses;
import org.initlab.worker.Worker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Two workers and one run, on the real database. */
@ServiceTest
class RunLedgerTest {
    private static final Worker FIRST = new Worker(UUID.randomUUID(), "first", "here", "cpu", 2, 3, Duration.ZERO);
    private static final Worker SECOND = new Worker(UUID.randomUUID(), "second", "there", "cpu", 8, 3, Duration.ZERO);
    private static final StepLosses STEPS = new StepLosses(new long[] {0, 10}, new double[] {0.7, Double.NaN});

    @LocalServerPort
    int port;

    @Autowired
    RunLedger ledger;

    @Autowired
    RunClaims claims;

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
        assertThatThrownBy(() -> commit(lost, 0)).isInstanceOf(LeaseLostException.class);
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
        assertThatThrownBy(() -> commit(lease, 0)).isInstanceOf(LeaseLostException.class);
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
        assertThat(List.of("loss", "objective", "meanProbability", "ece"))
                .extracting(name -> epochs().get(1).get(name).asDouble())
                .containsExactly(0.7, 0.8, 0.6, 0.2);
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

    private Assignment claim(Worker worker) {
        return ((Claim.Granted) claims.claim(run, 1, worker)).assignment();
    }

    private void commit(Lease lease, int epoch) {
        EpochResult result = new EpochResult(
                epoch, null, new BinaryMetrics(0.7, 0.5, 0.1, 0.25, 0.8, 0.6, 0.2, 40), 0, null, 0.1, null);
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

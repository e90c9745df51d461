package org.initlab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.initlab.training.TrainingControl.Signal;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.catalog.NetworkCatalog;
import org.initlab.training.catalog.NetworkFiles;
import org.initlab.training.catalog.WeightsCatalog;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.data.Split;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.engine.RandomStreams;
import org.initlab.training.network.BinaryClassifier;
import org.initlab.training.network.ImageNetWeights;
import org.initlab.training.network.TrainingSteps;
import org.initlab.training.objective.BinaryCrossEntropy;
import org.initlab.training.objective.CrossEntropyLoss;
import org.initlab.training.objective.FocalAlpha;
import org.initlab.training.objective.FocalLoss;
import org.initlab.training.objective.LossSpec;
import org.initlab.training.objective.PositiveWeight;
import org.initlab.training.spec.Augmentation;
import org.initlab.training.spec.BiasInit;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.EvaluationSpec;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.OptimizerSpec;
import org.initlab.training.spec.Precision;
import org.initlab.training.spec.Sampling;
import org.initlab.training.spec.ScheduleSpec;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.spec.TrainingPlan;
import org.initlab.training.spec.TrainingSpec;
import org.initlab.training.weights.StateDict;
import org.initlab.training.weights.StateDict.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerTest {
    private static final BiasInit POSITIVE_RATE = new BiasInit.PositiveRate();
    private static final BiasInit.HeadWeights ZEROS = BiasInit.HeadWeights.ZEROS;

    private static final DatasetSpec AUGMENTED = new DatasetSpec(
            "synthetic",
            null,
            112,
            48,
            0.25,
            List.of(Augmentation.values()),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);

    @TempDir
    Path home;

    @Test
    void theSamePlanTwiceGivesTheSameNumbersToTheBit() {
        Recording once = train(plan(POSITIVE_RATE, 2, 1e-3, EvaluationSpec.Mode.EVAL));
        Recording again = train(plan(POSITIVE_RATE, 2, 1e-3, EvaluationSpec.Mode.EVAL));

        assertThat(once.outcome).isInstanceOf(Outcome.Completed.class);
        assertThat(once.numbers()).hasSize(3).isEqualTo(again.numbers());
        assertThat(once.steps()).isEqualTo(again.steps());
    }

    @Test
    void aRunResumedAfterAnEpochEndsWithTheNumbersOfAnUninterruptedOne() {
        TrainingPlan plan = plan(POSITIVE_RATE, 3, 1e-3, EvaluationSpec.Mode.TRAIN);
        Recording undisturbed = train(plan);
        Recording resumed = train(plan, Optional.of(undisturbed.snapshots.get(1)), batch -> Signal.GO_ON);

        assertThat(resumed.numbers()).isEqualTo(undisturbed.numbers().subList(2, 4));
    }

    @ParameterizedTest
    @EnumSource(EvaluationSpec.Mode.class)
    void aRunSuspendedBeforeAnyBatchEndsWithTheNumbersOfAnUninterruptedOne(EvaluationSpec.Mode mode)
            throws IOException {
        suspendOftenAndCompare(plan(POSITIVE_RATE, 2, 1e-3, mode));
    }

    /** 97 rows leave a batch of one, which only BatchNorm in training mode would refuse. */
    @Test
    void soDoesARunThatTrainsOnlyTheHead() throws IOException {
        DatasetSpec dataset = new DatasetSpec("synthetic", null, 97, 48, 0.25, null);
        suspendOftenAndCompare(onlyTheHead(dataset, EvaluationSpec.Mode.EVAL));
    }

    /** With dropout and BatchNorm, with buffers that become other tensors, with the head within, and in bfloat16. */
    @ParameterizedTest
    @CsvSource({
        "dropout,ALL,EVAL,FLOAT32",
        "dropout,ALL,TRAIN,FLOAT32",
        "dropout,HEAD,TRAIN,FLOAT32",
        "replacing,ALL,EVAL,FLOAT32",
        "logit,ALL,EVAL,FLOAT32",
        "dropout,ALL,EVAL,BFLOAT16",
        "logit,ALL,TRAIN,BFLOAT16"
    })
    void soDoesAModuleOfTheUsersOwn(
            String module, ModelSpec.Trained train, EvaluationSpec.Mode mode, Precision precision) throws IOException {
        Path networks = Files.createDirectories(home.resolve("networks"));
        Files.copy(Path.of("src/test/resources/modules", module + ".pt"), networks.resolve("own.pt"));
        DatasetSpec dataset = new DatasetSpec("synthetic", null, 112, 48, 0.25, null);
        ModelSpec model = new ModelSpec("torchscript", null, 32, null, null, null, train, null, null, "own.pt");
        TrainingPlan plan = plan(dataset, POSITIVE_RATE, 2, 1e-2, mode);
        TrainingSpec training =
                new TrainingSpec(2, 32, true, null, plan.training().optimizer(), null, null, null, precision);
        suspendOftenAndCompare(new TrainingPlan(
                dataset, model, plan.biasInit(), training, plan.evaluation(), plan.seed(), plan.stepInterval()));
    }

    @Test
    void aFrozenNetworkStaysInEvaluationModeWhateverTheEvaluationsModeIs() {
        DatasetSpec dataset = new DatasetSpec("synthetic", null, 97, 48, 0.25, null);
        Recording inEvaluationMode = train(onlyTheHead(dataset, EvaluationSpec.Mode.EVAL));
        Recording inTrainingMode = train(onlyTheHead(dataset, EvaluationSpec.Mode.TRAIN));

        assertThat(inTrainingMode.numbers()).isEqualTo(inEvaluationMode.numbers());
    }

    private static TrainingPlan onlyTheHead(DatasetSpec dataset, EvaluationSpec.Mode mode) {
        ModelSpec model = new ModelSpec(
                "efficientnet_b0", null, 32, 0.2, 0.2, ModelSpec.Head.REPLACE, ModelSpec.Trained.HEAD, null, null);
        TrainingPlan plan = plan(dataset, POSITIVE_RATE, 2, 1e-3, mode);
        return new TrainingPlan(
                dataset, model, plan.biasInit(), plan.training(), plan.evaluation(), plan.seed(), plan.stepInterval());
    }

    private void suspendOftenAndCompare(TrainingPlan plan) throws IOException {
        Recording undisturbed = train(plan);
        Recording parts = new Recording();
        Optional<Snapshot> resume = Optional.empty();
        int sittings = 0;
        do {
            train(plan, resume, parts, batch -> batch > 3 ? Signal.SUSPEND : Signal.GO_ON);
            resume = Optional.of(throughAFile(parts.latest));
            sittings++;
        } while (parts.outcome instanceof Outcome.Stopped && sittings < 50);

        assertThat(sittings).isGreaterThan(3);
        assertThat(parts.latest.batches()).isNotNull().isEqualTo(undisturbed.latest.batches());
        assertThat(parts.numbers()).isEqualTo(undisturbed.numbers());
        assertThat(parts.steps()).isEqualTo(undisturbed.steps());
    }

    /** With all that depends on the epoch or the step. */
    @Test
    void aBalancedAugmentedScheduledAndClippedRunSuspendedBeforeAnyBatchEndsWithTheNumbersOfAnUninterruptedOne()
            throws IOException {
        TrainingSpec training = new TrainingSpec(
                2,
                32,
                true,
                Sampling.BALANCED,
                new OptimizerSpec.Adam(1e-3, null),
                new ScheduleSpec(ScheduleSpec.Type.COSINE, 3, null, null, null),
                0.5,
                new FocalLoss(null, null),
                null);
        TrainingPlan plan = with(training, plan(AUGMENTED, POSITIVE_RATE, 2, 1e-3, EvaluationSpec.Mode.EVAL));
        Recording undisturbed = train(plan);
        Recording parts = new Recording();
        Optional<Snapshot> resume = Optional.empty();
        do {
            train(plan, resume, parts, batch -> batch > 3 ? Signal.SUSPEND : Signal.GO_ON);
            resume = Optional.of(throughAFile(parts.latest));
        } while (parts.outcome instanceof Outcome.Stopped);

        assertThat(parts.numbers()).isEqualTo(undisturbed.numbers());
        assertThat(parts.steps()).isEqualTo(undisturbed.steps());
        assertThat(undisturbed.numbers())
                .isNotEqualTo(train(with(new TrainingSpec(2, 32, true, training.optimizer()), plan))
                        .numbers());
    }

    private static TrainingPlan with(TrainingSpec training, TrainingPlan plan) {
        return new TrainingPlan(
                plan.dataset(),
                plan.model(),
                plan.biasInit(),
                training,
                plan.evaluation(),
                plan.seed(),
                plan.stepInterval());
    }

    @Test
    void aSnapshotKeepsStepsBeyondAnInteger() throws IOException {
        StepLosses kept = new StepLosses(new long[] {9, 16_777_217, 7_500_000_001L}, new double[] {0.5, 0.25, 0.125});
        Snapshot snapshot = new Snapshot(3, new PartialEpoch(3, 4, 5, 6, kept), new StateDict(Map.of()), null, null);

        assertThat(throughAFile(snapshot).partial().kept().steps()).isEqualTo(kept.steps());
    }

    private Snapshot throughAFile(Snapshot snapshot) throws IOException {
        Path file = home.resolve("snapshot.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            SnapshotFile.write(snapshot, out);
        }
        return SnapshotFile.read(file);
    }

    @Test
    void theArmsOfATrialDifferOnlyInTheirBias() {
        Recording drawn = train(plan(AUGMENTED, new BiasInit.Default(), 1, 1e-3, EvaluationSpec.Mode.EVAL));
        BiasInit same = new BiasInit.Constant(drawn.biasValue);
        Recording constant = train(plan(AUGMENTED, same, 1, 1e-3, EvaluationSpec.Mode.EVAL));

        assertThat(drawn.biasValue).isNotZero().isBetween(-1 / Math.sqrt(1000), 1 / Math.sqrt(1000));
        assertThat(constant.numbers()).isEqualTo(drawn.numbers());
    }

    @Test
    void onlyTheStepsSeeAugmentedImages() {
        BiasInit calibrated = new BiasInit.Calibrated(null);
        Recording plain = train(plan(calibrated, 1, 1e-3, EvaluationSpec.Mode.EVAL));
        Recording augmented = train(plan(AUGMENTED, calibrated, 1, 1e-3, EvaluationSpec.Mode.EVAL));

        assertThat(augmented.numbers().get(0)).isEqualTo(plain.numbers().get(0));
        assertThat(augmented.results.get(1).trainLoss())
                .isNotEqualTo(plain.results.get(1).trainLoss());
    }

    @Test
    void thePositiveRatesBiasStartsNearTheEntropyAndZeroNearLn2() {
        double entropy = -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75);
        Recording prior = train(plan(POSITIVE_RATE, 0, 1e-3, EvaluationSpec.Mode.EVAL));
        Recording zeros = train(plan(new BiasInit.Zeros(), 0, 1e-3, EvaluationSpec.Mode.EVAL));

        assertThat(prior.biasValue).isCloseTo(Math.log(0.25 / 0.75), within(1e-6));
        assertThat(prior.results.get(0).test().loss()).isCloseTo(entropy, within(0.05));
        assertThat(zeros.results.get(0).test().loss()).isCloseTo(Math.log(2), within(0.05));
        assertThat(zeros.results.get(0).outputBias()).isZero();
    }

    @Test
    void aHeadOfZerosIsAllThatItChanges() {
        Recording drawn = train(plan(new BiasInit.Default(), 0, 1e-3, EvaluationSpec.Mode.EVAL));
        Recording zeroed = train(plan(new BiasInit.Default(ZEROS), 0, 1e-3, EvaluationSpec.Mode.EVAL));

        assertThat(zeroed.biasValue).isEqualTo(drawn.biasValue);
        assertThat(zeroed.results.get(0).test().rocAuc()).isEqualTo(0.5);
        Map<String, Tensor> tensors = zeroed.latest.state().tensors();
        drawn.latest.state().tensors().forEach((name, tensor) -> {
            float[] values = tensors.get(name).values();
            assertThat(values)
                    .as(name)
                    .isEqualTo(name.equals("output.weight") ? new float[values.length] : tensor.values());
        });
    }

    private static List<TrainingSpec> objectives() {
        LossSpec weighted = new CrossEntropyLoss(new PositiveWeight(9.0, null), null);
        return List.of(
                fullBatch(Sampling.NATURAL, new CrossEntropyLoss()),
                fullBatch(Sampling.NATURAL, weighted),
                fullBatch(
                        Sampling.NATURAL,
                        new CrossEntropyLoss(new PositiveWeight(null, PositiveWeight.Rule.BALANCED), 0.2)),
                fullBatch(Sampling.NATURAL, new FocalLoss(null, null)),
                fullBatch(Sampling.NATURAL, new FocalLoss(0.5, new FocalAlpha(null, FocalAlpha.Rule.NONE))),
                fullBatch(Sampling.BALANCED, new CrossEntropyLoss(null, 0.1)),
                fullBatch(Sampling.BALANCED, weighted),
                fullBatch(Sampling.BALANCED, new FocalLoss(null, null)));
    }

    private static TrainingSpec fullBatch(Sampling sampling, LossSpec loss) {
        OptimizerSpec plain = new OptimizerSpec.Sgd(1.0, 0.0, 0.0);
        return new TrainingSpec(1, 112, true, sampling, plain, null, null, loss, null);
    }

    /** With a learning rate of 1 and no momentum, the first step takes the gradient off the bias. */
    @ParameterizedTest
    @MethodSource("objectives")
    void theOptimalBiasHasNoGradientAtTheFirstStepOfAHeadOfZeros(TrainingSpec training) {
        BiasInit optimal = new BiasInit.Optimal(ZEROS);
        Recording recording = train(ofASmallerNetwork(training, optimal));

        assertThat(recording.results.get(1).outputBias()).isCloseTo(recording.biasValue, within(1e-6));
        Recording other = train(ofASmallerNetwork(training, new BiasInit.Constant(3.0, ZEROS)));
        assertThat(other.results.get(1).outputBias()).isNotCloseTo(3, within(1e-3));
    }

    private static TrainingPlan ofASmallerNetwork(TrainingSpec training, BiasInit arm) {
        TrainingPlan plan = plan(arm, 1, 1, EvaluationSpec.Mode.EVAL);
        ModelSpec model = new ModelSpec("mobilenet_v3_small", null, 32, 0.2, null);
        return new TrainingPlan(
                plan.dataset(), model, arm, training, plan.evaluation(), plan.seed(), plan.stepInterval());
    }

    /** Whatever is trained, and on whichever rows. */
    @ParameterizedTest
    @CsvSource({"112,NATURAL,1", "1100,BALANCED,9"})
    void theCalibratedBiasGivesTheRowsTheirRateOnAverage(int rows, Sampling sampling, double positiveWeight) {
        DatasetSpec dataset = new DatasetSpec("synthetic", null, rows, 48, 0.25, null);
        BiasInit calibrated = new BiasInit.Calibrated(null);
        LossSpec loss = new CrossEntropyLoss(new PositiveWeight(positiveWeight, null), null);
        TrainingPlan plan = with(
                new TrainingSpec(0, 32, true, sampling, null, null, null, loss, null),
                plan(dataset, calibrated, 0, 1e-3, EvaluationSpec.Mode.TRAIN));
        Recording recording = train(plan);

        Split split = new DatasetCatalog(
                        home.resolve("datasets"),
                        DatasetAddresses.official(),
                        RowCache.unlimited(home.resolve("cache")))
                .load(
                        dataset,
                        NetworkCatalog.named(plan.model().architecture())
                                .orElseThrow()
                                .input(plan.model()),
                        () -> {})
                .train();
        double sum = 0;
        int[] chosen = new RandomStreams(plan.seed()).calibrationRows(rows, 1024);
        try (BinaryClassifier model = TrainingSteps.classifier("efficientnet_b0", 0.2, 0.2);
                Batches batches = new Batches(PyTorch.device())) {
            model.initialize(new RandomStreams(plan.seed()).weights());
            model.setOutputBias((float) recording.biasValue);
            for (float logit :
                    new Logits(batches, split).of(chosen, 100, input -> model.forward(input, false), () -> {})) {
                sum += 1 / (1 + Math.exp(-logit));
            }
        }
        assertThat(sum / chosen.length).isCloseTo(split.labels().positiveRate(), within(1e-6));
        assertThat(recording.results.get(0).outputBias()).isEqualTo(recording.biasValue);
    }

    @Test
    void aNonFiniteLossEndsTheRunAsDivergedWithItsEpochsAndSteps() {
        Recording recording = train(plan(POSITIVE_RATE, 3, 1000, EvaluationSpec.Mode.EVAL));

        assertThat(recording.outcome).isInstanceOfSatisfying(Outcome.Diverged.class, diverged -> {
            assertThat(diverged.reason()).contains("epoch").contains("learningRate");
            assertThat(diverged.steps().losses()).isNotEmpty();
        });
        assertThat(recording.results)
                .isNotEmpty()
                .first()
                .extracting(EpochResult::epoch)
                .isEqualTo(0);
    }

    @Test
    void aStopBetweenTwoBatchesLeavesTheEpochsBefore() {
        Recording recording = train(
                plan(POSITIVE_RATE, 3, 1e-3, EvaluationSpec.Mode.EVAL),
                Optional.empty(),
                batch -> batch > 8 ? Signal.ABANDON : Signal.GO_ON);

        assertThat(recording.outcome).isInstanceOf(Outcome.Stopped.class);
        assertThat(recording.results).hasSizeBetween(1, 3);
    }

    @Test
    void everyKeptStepIsCountedFromTheRunsStart() {
        Recording recording = train(plan(POSITIVE_RATE, 2, 1e-3, EvaluationSpec.Mode.EVAL));

        assertThat(recording.steps()).extracting(step -> step.get(0)).containsExactly(0.0, 2.0, 4.0, 6.0);
        assertThat(recording.results.get(0).trainLoss()).isNull();
        assertThat(recording.results.get(1).trainLoss()).isPositive();
    }

    @Test
    void aBatchOfASingleRowIsRefusedBeforeTraining() {
        DatasetSpec dataset = new DatasetSpec("synthetic", null, 33, 32, 0.25, null);
        TrainingPlan plan = plan(dataset, POSITIVE_RATE, 1, 1e-3, EvaluationSpec.Mode.EVAL);

        assertThatThrownBy(() -> train(plan))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("33 rows in batches of 32");
    }

    private Recording train(TrainingPlan plan) {
        return train(plan, Optional.empty(), batch -> Signal.GO_ON);
    }

    private Recording train(TrainingPlan plan, Optional<Snapshot> resume, IntFunction<Signal> control) {
        Recording recording = new Recording();
        train(plan, resume, recording, control);
        return recording;
    }

    private void train(TrainingPlan plan, Optional<Snapshot> resume, Recording recording, IntFunction<Signal> control) {
        recording.isTraining = false;
        recording.batches = 0;
        Trainer trainer = new Trainer(
                new DatasetCatalog(
                        home.resolve("datasets"),
                        DatasetAddresses.official(),
                        RowCache.unlimited(home.resolve("cache"))),
                new WeightsCatalog(home.resolve("weights"), ImageNetWeights.OFFICIAL_ADDRESS),
                new NetworkFiles(home.resolve("networks"), true),
                PyTorch.device());
        recording.outcome = trainer.train(
                plan,
                1,
                resume,
                recording,
                () -> recording.isTraining ? control.apply(++recording.batches) : Signal.GO_ON);
    }

    private static TrainingPlan plan(BiasInit arm, int epochs, double learningRate, EvaluationSpec.Mode mode) {
        DatasetSpec dataset = new DatasetSpec("synthetic", null, 112, 48, 0.25, null);
        return plan(dataset, arm, epochs, learningRate, mode);
    }

    private static TrainingPlan plan(
            DatasetSpec dataset, BiasInit arm, int epochs, double learningRate, EvaluationSpec.Mode mode) {
        return new TrainingPlan(
                dataset,
                new ModelSpec("efficientnet_b0", null, 32, 0.2, 0.2),
                arm,
                new TrainingSpec(epochs, 32, true, new OptimizerSpec.Sgd(learningRate, null, null)),
                new EvaluationSpec(32, mode),
                7,
                2);
    }

    /** Everything that training reported. */
    private static final class Recording implements TrainingListener {
        final List<EpochResult> results = new ArrayList<>();
        final List<StepLosses> kept = new ArrayList<>();
        final List<Snapshot> snapshots = new ArrayList<>();
        Snapshot latest;
        int batches;
        boolean isTraining;
        double biasValue;
        Outcome outcome;

        @Override
        public void started(DatasetSummary data, double bias) {
            biasValue = bias;
            isTraining = true;
        }

        @Override
        public void epochFinished(EpochResult result, StepLosses steps, Supplier<Snapshot> snapshot) {
            results.add(result);
            kept.add(steps);
            keep(snapshot.get());
            snapshots.add(latest);
        }

        @Override
        public void checkpoint(Snapshot snapshot) {
            keep(snapshot);
        }

        /** Its predictions are those of the last epoch, also when it was taken within the next. */
        private void keep(Snapshot snapshot) {
            latest = snapshot;
            Predictions last = snapshot.predictions();
            assertThat(BinaryMetrics.of(
                                    last.logits(),
                                    last.labels(),
                                    new BinaryCrossEntropy(),
                                    new ScoreNoise(0, Precision.FLOAT32))
                            .loss())
                    .isEqualTo(results.get(results.size() - 1).test().loss());
        }

        /** The rows without their times. */
        List<List<Object>> numbers() {
            return results.stream()
                    .map(result -> {
                        List<Object> numbers = new ArrayList<>();
                        numbers.add(result.trainLoss());
                        numbers.add(result.test());
                        numbers.add(result.outputBias());
                        return numbers;
                    })
                    .toList();
        }

        List<List<Double>> steps() {
            List<List<Double>> steps = new ArrayList<>();
            for (StepLosses epoch : kept) {
                for (int i = 0; i < epoch.steps().length; i++) {
                    steps.add(List.of((double) epoch.steps()[i], epoch.losses()[i]));
                }
            }
            return steps;
        }
    }
}

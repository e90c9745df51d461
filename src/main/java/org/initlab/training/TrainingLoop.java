package org.initlab.training;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.initlab.training.TrainingControl.Signal;
import org.initlab.training.data.BinaryDataset;
import org.initlab.training.data.Split;
import org.initlab.training.data.TrainingPipeline;
import org.initlab.training.engine.Autocast;
import org.initlab.training.engine.Autograd;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.engine.RandomStreams;
import org.initlab.training.network.BinaryClassifier;
import org.initlab.training.network.ModelWeights;
import org.initlab.training.objective.Objective;
import org.initlab.training.optimizer.LearningRateSchedule;
import org.initlab.training.optimizer.Optimizer;
import org.initlab.training.spec.TrainingPlan;
import org.initlab.training.spec.TrainingSpec;
import org.jspecify.annotations.Nullable;

/** One run's epochs: initialises or resumes, evaluates, then trains and evaluates in turn. */
final class TrainingLoop {
    private static final double NANOS_A_SECOND = 1e9;

    private final TrainingPlan plan;
    private final Split split;
    private final DataWatch data;
    private final BinaryClassifier model;
    private final Objective objective;
    private final Optimizer optimizer;
    private final LearningRateSchedule schedule;
    private final Batches batches;
    private final TrainingPipeline pipeline;
    private final Evaluator evaluator;
    private final Autocast autocast;
    private final RandomStreams random;
    private final EpochRows rows;
    private final TrainingListener listener;
    private final TrainingControl control;

    /** Of the last finished epoch. */
    private @Nullable Predictions predictions;

    TrainingLoop(
            TrainingPlan plan,
            BinaryDataset dataset,
            BinaryClassifier model,
            Optimizer optimizer,
            Batches batches,
            TrainingListener listener,
            TrainingControl control) {
        this.plan = plan;
        this.model = model;
        this.optimizer = optimizer;
        this.batches = batches;
        this.listener = listener;
        this.control = control;
        split = dataset.train();
        data = new DataWatch(dataset, listener);
        objective = plan.training().loss().on(split.labels().positiveRate());
        TrainingSpec training = plan.training();
        schedule = LearningRateSchedule.of(
                training.schedule(), training.optimizer().learningRate(), stepsAnEpoch(), training.epochs());
        pipeline = split.trainingPipeline(batches.manager(), plan.dataset().augmentation());
        autocast = new Autocast(plan.training().precision(), batches.manager().getDevice());
        evaluator = new Evaluator(plan.evaluation(), dataset.test(), model, autocast, batches);
        random = new RandomStreams(plan.seed());
        rows = EpochRows.of(training, split.labels(), random);
    }

    /**
     * Trains to the end.
     *
     * @throws StopRequestedException if the control asked for it
     * @throws DivergedException if the loss is no longer finite
     */
    void run(Optional<ModelWeights> weights, Optional<Snapshot> resume) {
        model.initialize(random.weights());
        double drawn = model.outputBias();
        weights.ifPresent(model::load);
        // weights with a head bring a bias too, but the arm decides the bias
        new InitialBias(plan, split, model, batches).set(drawn, random, () -> heed(() -> {}));
        listener.started(data.begin(), model.outputBias());
        resume.ifPresent(this::restore);
        int next = resume.map(point -> point.epoch() + 1).orElse(0);
        PartialEpoch done = resume.map(Snapshot::partial).orElse(PartialEpoch.NONE);
        for (int epoch = next; epoch <= plan.training().epochs(); epoch++) {
            if (epoch == 0) {
                evaluateBeforeTheFirstStep();
            } else {
                trainAndEvaluate(epoch, epoch == next ? done : PartialEpoch.NONE);
            }
        }
    }

    private void restore(Snapshot point) {
        ModelState.restore(point.state(), model, optimizer);
        model.countBatchesFrom(point.batches());
        predictions = point.predictions();
    }

    private void evaluateBeforeTheFirstStep() {
        PhaseClock phases = new PhaseClock();
        long start = System.nanoTime();
        BinaryMetrics metrics = evaluate(0, phases, () -> {});
        listener.epochTimed(phases.durations());
        finish(new EpochResult(0, null, metrics, model.outputBias(), null, secondsSince(start), null), StepLosses.NONE);
    }

    private void trainAndEvaluate(int epoch, PartialEpoch done) {
        try (LossLedger losses =
                new LossLedger(batches.manager(), epoch, plan.stepInterval(), stepsBefore(epoch), done)) {
            PhaseClock phases = new PhaseClock();
            train(epoch, losses, phases);
            PartialEpoch trained = losses.soFar();
            data.awaitAll(() -> heed(() -> checkpoint(epoch, losses)));
            long start = System.nanoTime();
            // a suspended evaluation starts over, with the model as it was before
            Snapshot before = evaluator.changesTheModel() ? snapshot(epoch - 1, trained) : null;
            BinaryMetrics metrics = evaluate(
                    epoch, phases, () -> listener.checkpoint(before == null ? snapshot(epoch - 1, trained) : before));
            listener.epochTimed(phases.durations());
            EpochResult result = new EpochResult(
                    epoch,
                    trained.lossSum() / trained.rows(),
                    metrics,
                    model.outputBias(),
                    trained.seconds(),
                    secondsSince(start),
                    trained.rows() / trained.seconds());
            finish(result, trained.kept());
        }
    }

    private void train(int epoch, LossLedger losses, PhaseClock phases) {
        int first = losses.steps();
        Runnable heed = () -> heed(() -> checkpoint(epoch, losses));
        try (BatchFeed feed =
                batches.feed(split, rows.of(epoch), plan.training().batchSize(), first, heed)) {
            for (int step = first; feed.hasNext(); step++) {
                heed.run();
                // derived from the step, so that a run resumed at any step draws the same noise
                PyTorch.seed(random.trainingNoise(epoch, step));
                step(feed, epoch, step, losses, phases);
            }
        }
    }

    private void checkpoint(int epoch, LossLedger losses) {
        if (losses.steps() > 0) {
            listener.checkpoint(snapshot(epoch - 1, losses.soFar()));
        }
    }

    private void step(BatchFeed feed, int epoch, int step, LossLedger losses, PhaseClock phases) {
        phases.start();
        try (BatchFeed.Batch batch = feed.next()) {
            phases.end(Phase.DATA_LOADING);
            NDArray input = pipeline.apply(batch.rows(), random.augmentation(epoch, step));
            NDArray loss = Autograd.record(
                    () -> objective.mean(autocast.compute(() -> model.forward(input, true)), batch.labels()));
            phases.end(Phase.FORWARD);
            optimizer.backward(loss);
            clipGradients();
            phases.end(Phase.BACKWARD);
            optimizer.step(schedule.at(stepsBefore(epoch) + step));
            losses.add(loss.stopGradient(), Math.toIntExact(batch.labels().size()));
            phases.end(Phase.STEP);
        }
    }

    private void clipGradients() {
        Double norm = plan.training().clipGradientNorm();
        if (norm != null) {
            optimizer.clipGradientNorm(norm);
        }
    }

    private BinaryMetrics evaluate(int epoch, PhaseClock phases, Runnable checkpoint) {
        PyTorch.seed(random.evaluationNoise(epoch));
        phases.start();
        Predictions found = evaluator.evaluate(() -> heed(checkpoint));
        ScoreNoise noise = new ScoreNoise(model.outputBias(), plan.training().precision());
        BinaryMetrics metrics = BinaryMetrics.of(found.logits(), found.labels(), objective, noise);
        predictions = found;
        phases.end(Phase.EVALUATION);
        return metrics;
    }

    private void finish(EpochResult result, StepLosses steps) {
        listener.epochFinished(result, steps, () -> snapshot(result.epoch(), PartialEpoch.NONE));
        double loss = result.test().loss();
        if (!Double.isFinite(loss)) {
            throw result.epoch() == 0
                    ? DivergedException.untrained(loss, steps)
                    : new DivergedException(
                            "the test loss became " + loss + " after epoch " + result.epoch(), result.epoch(), steps);
        }
    }

    private void heed(Runnable checkpoint) {
        data.look();
        TrainingControl.Signal signal = control.next();
        if (signal == Signal.CHECKPOINT || signal == Signal.SUSPEND) {
            checkpoint.run();
        }
        if (signal == Signal.SUSPEND || signal == Signal.ABANDON) {
            throw new StopRequestedException();
        }
    }

    private Snapshot snapshot(int epoch, PartialEpoch partial) {
        return new Snapshot(epoch, partial, ModelState.capture(model, optimizer), model.batches(), predictions);
    }

    private long stepsBefore(int epoch) {
        return (long) (epoch - 1) * stepsAnEpoch();
    }

    private int stepsAnEpoch() {
        int batchSize = plan.training().batchSize();
        return (split.labels().count() + batchSize - 1) / batchSize;
    }

    private static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / NANOS_A_SECOND;
    }
}

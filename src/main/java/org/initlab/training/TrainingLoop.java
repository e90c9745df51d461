package org.initlab.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Optional;
import org.initlab.training.Trainer.ResumePoint;
import org.initlab.training.data.BatchTransform;
import org.initlab.training.data.BinarySplit;
import org.initlab.training.data.BinaryTask;
import org.initlab.training.model.BinaryClassifier;
import org.initlab.training.model.BinaryCrossEntropy;
import org.initlab.training.model.Optimizer;
import org.initlab.training.weights.ModelWeights;

/** One run's epochs: initialise or resume, evaluate, then train and evaluate in turn. */
final class TrainingLoop implements AutoCloseable {
    private static final double NANOS_A_SECOND = 1e9;

    private final TrainingPlan plan;
    private final BinaryTask task;
    private final BinaryClassifier model;
    private final Optimizer optimizer;
    private final NDManager manager;
    private final BatchTransform trainTransform;
    private final BatchTransform testTransform;
    private final RandomStreams random;
    private final Runnable stopOnRequest;

    TrainingLoop(TrainingPlan plan, BinaryTask task, BinaryClassifier model, Device device, Runnable stopOnRequest) {
        this.plan = plan;
        this.task = task;
        this.model = model;
        this.stopOnRequest = stopOnRequest;
        optimizer = Optimizer.of(plan.training().optimizer(), model);
        manager = NDManager.newBaseManager(device);
        trainTransform = new BatchTransform(manager, task.transform(), task.train());
        testTransform = new BatchTransform(manager, task.transform(), task.test());
        random = new RandomStreams(plan.seed());
    }

    /**
     * Trains to the end.
     *
     * @throws StopRequestedException where the caller asked for it
     * @throws DivergedException where the loss is no longer finite
     */
    void run(Optional<ModelWeights> weights, Optional<ResumePoint> resume, TrainingListener listener) {
        model.initialize(random.weights());
        double drawn = model.outputBias();
        weights.ifPresent(model::load);
        // weights with a head bring a bias too, but the bias is the arm's
        model.setOutputBias(
                (float) plan.biasInit().logit(task.train().positiveRate()).orElse(drawn));
        listener.started(TaskSummary.of(task), model.outputBias());
        resume.ifPresent(point -> ModelState.restore(point.state(), model, optimizer));
        int next = resume.map(point -> point.epoch() + 1).orElse(0);
        for (int epoch = next; epoch <= plan.training().epochs(); epoch++) {
            epoch(epoch, listener);
        }
    }

    private void epoch(int epoch, TrainingListener listener) {
        long start = System.nanoTime();
        Double trainLoss = null;
        StepLosses steps = StepLosses.NONE;
        if (epoch > 0) {
            try (LossLedger losses = train(epoch)) {
                trainLoss = losses.mean();
                steps = losses.kept();
            }
        }
        double trainSeconds = secondsSince(start);
        long trained = System.nanoTime();
        BinaryMetrics metrics = evaluate(epoch);
        EpochResult result = new EpochResult(
                epoch,
                trainLoss,
                metrics,
                model.outputBias(),
                epoch == 0 ? null : trainSeconds,
                secondsSince(trained),
                epoch == 0 ? null : task.train().rows() / trainSeconds);
        listener.epochFinished(result, steps, () -> ModelState.capture(model, optimizer));
        if (!Double.isFinite(metrics.loss())) {
            throw new DivergedException(
                    "the test loss became " + metrics.loss() + " after epoch " + epoch, epoch, steps);
        }
    }

    private LossLedger train(int epoch) {
        JniUtils.setSeed(random.trainingNoise(epoch));
        BinarySplit split = task.train();
        int batchSize = plan.training().batchSize();
        int[] order =
                plan.training().shuffle() ? random.rowOrder(split.rows(), epoch) : RandomStreams.inOrder(split.rows());
        int stepsAnEpoch = (split.rows() + batchSize - 1) / batchSize;
        LossLedger losses = new LossLedger(manager, epoch, (epoch - 1) * stepsAnEpoch, plan.stepInterval());
        try {
            for (int start = 0; start < order.length; start += batchSize) {
                step(Arrays.copyOfRange(order, start, Math.min(start + batchSize, order.length)), losses);
            }
            return losses;
        } catch (RuntimeException e) {
            losses.close();
            throw e;
        }
    }

    private void step(int[] rows, LossLedger losses) {
        stopOnRequest.run();
        try (NDManager batch = manager.newSubManager()) {
            NDArray images = trainTransform.apply(task.train().images(batch, rows));
            NDArray labels = task.train().labels(batch, rows);
            NDArray loss;
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                loss = BinaryCrossEntropy.mean(model.forward(images, true), labels);
                gradients.backward(loss);
            }
            optimizer.step();
            losses.add(loss.stopGradient(), rows.length);
        }
    }

    private BinaryMetrics evaluate(int epoch) {
        JniUtils.setSeed(random.evaluationNoise(epoch));
        boolean training = plan.evaluation().mode() == EvaluationSpec.Mode.TRAIN;
        BinarySplit split = task.test();
        int[] order = RandomStreams.inOrder(split.rows());
        float[] logits = new float[order.length];
        for (int start = 0; start < order.length; start += plan.evaluation().batchSize()) {
            stopOnRequest.run();
            int end = Math.min(start + plan.evaluation().batchSize(), order.length);
            try (NDManager batch = manager.newSubManager()) {
                NDArray images = testTransform.apply(split.images(batch, Arrays.copyOfRange(order, start, end)));
                float[] part = model.forward(images, training).toFloatArray();
                System.arraycopy(part, 0, logits, start, part.length);
            }
        }
        byte[] labels = new byte[order.length];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = (byte) (split.isPositive(row) ? 1 : 0);
        }
        return BinaryMetrics.of(logits, labels);
    }

    private static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / NANOS_A_SECOND;
    }

    @Override
    public void close() {
        optimizer.close();
        manager.close();
    }
}

package org.initlab.training;

import org.initlab.training.data.Split;
import org.initlab.training.engine.RandomStreams;
import org.initlab.training.network.BinaryClassifier;
import org.initlab.training.objective.Bisection;
import org.initlab.training.spec.BiasInit;
import org.initlab.training.spec.Prior;
import org.initlab.training.spec.TrainingPlan;

/** Sets an untrained classifier's output bias, and the weights beside it, as an arm says. */
final class InitialBias {
    /** Enough for a mean probability, and quick even for a large network. */
    private static final int CALIBRATION_ROWS = 1024;

    private static final double SURELY = 100;

    private final TrainingPlan plan;
    private final Split split;
    private final BinaryClassifier model;
    private final Batches batches;

    InitialBias(TrainingPlan plan, Split split, BinaryClassifier model, Batches batches) {
        this.plan = plan;
        this.split = split;
        this.model = model;
        this.batches = batches;
    }

    /**
     * Sets them.
     *
     * @param drawn what the bias is where the arm leaves it to chance
     * @param beforeBatch called before a batch that this needs; an exception from it ends the run
     */
    void set(double drawn, RandomStreams random, Runnable beforeBatch) {
        BiasInit arm = plan.biasInit();
        if (arm.headWeights() == BiasInit.HeadWeights.ZEROS) {
            model.zeroHeadWeights();
        }
        Prior prior = Prior.of(
                plan.training(), split.labels().positiveRate(), split.labels().count());
        model.setOutputBias(
                arm instanceof BiasInit.Calibrated
                        ? calibrated(prior, random, beforeBatch)
                        : (float) arm.logit(prior).orElse(drawn));
    }

    private float calibrated(Prior prior, RandomStreams random, Runnable beforeBatch) {
        model.setOutputBias(0);
        int[] rows = random.calibrationRows(split.labels().count(), CALIBRATION_ROWS);
        float[] logits = new Logits(batches, split)
                .of(rows, plan.evaluation().batchSize(), input -> model.forward(input, false), beforeBatch);
        // the first evaluation tells of logits that are not finite
        return allFinite(logits)
                ? biasFor(prior.positiveRate(), logits)
                : (float) plan.biasInit().expectedLogit(prior);
    }

    private static boolean allFinite(float[] logits) {
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Finds the bias with which the mean probability is a rate.
     *
     * @param rate in (0, 1)
     * @param logits without a bias, all finite
     */
    static float biasFor(double rate, float[] logits) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            least = Math.min(least, logit);
            most = Math.max(most, logit);
        }
        double exact = Bisection.root(bias -> excess(bias, rate, logits), -most - SURELY, -least + SURELY);
        float nearest = (float) exact;
        float other = nearest > exact ? Math.nextDown(nearest) : Math.nextUp(nearest);
        boolean better = Math.abs(excess(other, rate, logits)) < Math.abs(excess(nearest, rate, logits));
        return better ? other : nearest;
    }

    /** By how much the mean probability is above a rate. */
    private static double excess(double bias, double rate, float[] logits) {
        double sum = 0;
        for (float logit : logits) {
            sum += 1 / (1 + Math.exp(-logit - bias));
        }
        return sum / logits.length - rate;
    }
}

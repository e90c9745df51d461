package org.initlab.training;

/**
 * What one epoch measured.
 *
 * @param epoch 0 is the model before its first step
 * @param trainLoss mean over the epoch's rows of the loss that the steps minimised; {@code null} at epoch 0
 * @param test the test split's metrics
 * @param outputBias the output bias, a logit
 * @param trainSeconds wall time of the training steps; {@code null} at epoch 0
 * @param evalSeconds wall time of the evaluation
 * @param rowsPerSecond training rows per second; {@code null} at epoch 0
 */
public record EpochResult(
        int epoch,
        Double trainLoss,
        BinaryMetrics test,
        double outputBias,
        Double trainSeconds,
        double evalSeconds,
        Double rowsPerSecond) {}

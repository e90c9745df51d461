package org.initlab.training;

/**
 * The finished part of an epoch's training.
 *
 * @param steps optimizer updates made in this epoch
 * @param rows rows that the updates saw
 * @param lossSum sum of those rows' losses
 * @param seconds wall time that the updates took
 * @param kept the training losses kept so far
 */
public record PartialEpoch(int steps, long rows, double lossSum, double seconds, StepLosses kept) {
    /** Nothing is done yet. */
    public static final PartialEpoch NONE = new PartialEpoch(0, 0, 0, 0, StepLosses.NONE);
}

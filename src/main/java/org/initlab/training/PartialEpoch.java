package org.initlab.training;

/**
 * The part of an epoch's training that is done.
 *
 * @param steps optimizer updates of this epoch
 * @param rows rows that they saw
 * @param lossSum sum of those rows' losses
 * @param seconds wall time that they took
 * @param kept the training losses kept so far
 */
public record PartialEpoch(int steps, long rows, double lossSum, double seconds, StepLosses kept) {
    /** Nothing is done yet. */
    public static final PartialEpoch NONE = new PartialEpoch(0, 0, 0, 0, StepLosses.NONE);
}

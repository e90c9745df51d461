package org.initlab.analysis;

/** The baseline's training losses by step, read when needed. */
public interface BaselineSteps {
    /** Optimizer updates in an epoch, at least 1. */
    int perEpoch();

    /** Whether the losses kept are of the same kind as the test loss: plain cross-entropy over rows that were not resampled. */
    boolean areTestLosses();

    /** The mean over the trials of the losses kept in an epoch; empty if none were kept. */
    StepCurve inEpoch(int epoch);
}

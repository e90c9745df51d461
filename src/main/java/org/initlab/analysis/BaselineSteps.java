package org.initlab.analysis;

/** The baseline's training losses by step, read when needed. */
public interface BaselineSteps {
    /** Optimizer updates in an epoch, at least 1. */
    int perEpoch();

    /** Whether the losses kept measure on training batches what the criterion measures on the test split. */
    boolean measure(Criterion criterion);

    /** The mean over the trials of the losses kept in an epoch; empty if none were kept. */
    StepCurve inEpoch(int epoch);
}

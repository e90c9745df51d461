package org.initlab.training;

/**
 * What an epoch's wall time is spent on.
 *
 * <p>On a GPU the network's phases only queue work, so the device's time for it shows up where a result is read: in
 * {@link #STEP}, whose losses are read every few steps, and in {@link #EVALUATION}.
 */
public enum Phase {
    /** Waiting until a batch of the training split is on the device. */
    DATA_LOADING,
    /** Transforming the batch and running the network on it. */
    FORWARD,
    BACKWARD,
    /** Updating the parameters and reading the loss. */
    STEP,
    /** Evaluating the test split, including its data loading. */
    EVALUATION
}

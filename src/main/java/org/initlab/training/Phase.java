package org.initlab.training;

/**
 * What an epoch's wall time goes into.
 *
 * <p>On a GPU the network's phases only queue their work, so that the time in which the device does it shows up where a
 * result is read: in {@link #STEP}, whose losses are read every few steps, and in {@link #EVALUATION}.
 */
public enum Phase {
    /** Batches of the training split are copied to the device and transformed. */
    DATA_LOADING,
    FORWARD,
    BACKWARD,
    /** The optimizer's update and the reading of the loss. */
    STEP,
    /** The test split, its data included. */
    EVALUATION
}

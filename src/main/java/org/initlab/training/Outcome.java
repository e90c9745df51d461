package org.initlab.training;

/** How a training ended. */
public sealed interface Outcome {

    /** All epochs are done. */
    record Completed() implements Outcome {}

    /** The caller asked for it; all epochs that were reported stand. */
    record Stopped() implements Outcome {}

    /**
     * The loss is no longer finite; all epochs that were reported stand.
     *
     * @param reason where it happened and what to try, for the user
     * @param epoch the epoch that it happened in
     * @param steps the training losses kept in that epoch
     */
    record Diverged(String reason, int epoch, StepLosses steps) implements Outcome {}
}

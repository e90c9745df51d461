package org.initlab.training;

/** How training ended. */
public sealed interface Outcome {

    /** All epochs are finished. */
    record Completed() implements Outcome {}

    /** The caller asked for it; every epoch reported so far is valid. */
    record Stopped() implements Outcome {}

    /**
     * The loss is no longer finite; every epoch reported so far is valid.
     *
     * @param reason where it happened and what to try, for the user
     * @param epoch the epoch in which it happened
     * @param steps the training losses kept in that epoch
     */
    record Diverged(String reason, int epoch, StepLosses steps) implements Outcome {}
}

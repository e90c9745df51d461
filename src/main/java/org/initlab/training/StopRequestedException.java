package org.initlab.training;

/** The caller asked the training to stop; unwinds to {@link Trainer}, which returns {@link Outcome.Stopped}. */
class StopRequestedException extends RuntimeException {
    StopRequestedException() {
        super("stop requested");
    }
}

package org.initlab.training;

/** Decides before every batch how training continues; called on the training thread, so it must be quick. */
@FunctionalInterface
public interface TrainingControl {
    Signal next();

    /** What to do before the next batch. */
    enum Signal {
        GO_ON,
        /** Report a snapshot, then go on. */
        CHECKPOINT,
        /** Report a snapshot, then end with {@link Outcome.Stopped}. */
        SUSPEND,
        /** End with {@link Outcome.Stopped} at once. */
        ABANDON
    }
}

package org.initlab.training;

/** Says before every batch how a training is to go on; called on the training's thread, so it has to be quick. */
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

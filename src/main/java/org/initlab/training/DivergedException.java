package org.initlab.training;

/** The loss is no longer finite; unwinds to {@link Trainer}, which returns {@link Outcome.Diverged}. */
class DivergedException extends RuntimeException {
    private final transient Outcome.Diverged outcome;

    DivergedException(String where, int epoch, StepLosses steps) {
        super(where);
        outcome =
                new Outcome.Diverged(where + "; a smaller training.optimizer.learningRate usually helps", epoch, steps);
    }

    Outcome.Diverged outcome() {
        return outcome;
    }
}

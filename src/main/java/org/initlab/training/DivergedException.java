package org.initlab.training;

/** The loss is no longer finite; unwinds to {@link Trainer}, which returns {@link Outcome.Diverged}. */
class DivergedException extends RuntimeException {
    private final transient Outcome.Diverged outcome;

    /** Ends a run whose training went astray. */
    DivergedException(String where, int epoch, StepLosses steps) {
        this(where, "a smaller training.optimizer.learningRate usually helps", epoch, steps);
    }

    private DivergedException(String where, String remedy, int epoch, StepLosses steps) {
        super(where);
        outcome = new Outcome.Diverged(where + "; " + remedy, epoch, steps);
    }

    /** Ends a run that could not begin. */
    static DivergedException untrained(double loss, StepLosses steps) {
        return new DivergedException(
                "the test loss is " + loss + " before the first step",
                "check that the weights it starts from are finite numbers and go with the data",
                0,
                steps);
    }

    Outcome.Diverged outcome() {
        return outcome;
    }
}

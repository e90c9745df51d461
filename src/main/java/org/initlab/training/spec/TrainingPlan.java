package org.initlab.training.spec;

/**
 * Everything that determines one run: what to train, on what, and from which seed.
 *
 * @param dataset the data and its positive class
 * @param model the network
 * @param biasInit the arm
 * @param training the epochs, batches and optimizer
 * @param evaluation how the test split is evaluated
 * @param seed the trial's seed; it determines weights, row order and dropout noise, the same for every arm
 * @param stepInterval the training loss of every {@code stepInterval}-th step is kept
 */
public record TrainingPlan(
        DatasetSpec dataset,
        ModelSpec model,
        BiasInit biasInit,
        TrainingSpec training,
        EvaluationSpec evaluation,
        long seed,
        int stepInterval) {

    /** The same plan, evaluated in another way. */
    public TrainingPlan withEvaluation(EvaluationSpec other) {
        return new TrainingPlan(dataset, model, biasInit, training, other, seed, stepInterval);
    }

    /** The same plan with a different number of epochs. */
    public TrainingPlan withEpochs(int epochs) {
        return new TrainingPlan(dataset, model, biasInit, training.withEpochs(epochs), evaluation, seed, stepInterval);
    }
}

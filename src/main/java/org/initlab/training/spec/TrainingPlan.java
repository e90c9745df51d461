package org.initlab.training.spec;

/**
 * Everything that determines one run: what is trained, on what, from which seed.
 *
 * @param dataset the data and its positive class
 * @param model the network
 * @param biasInit the arm
 * @param training how long and in which steps
 * @param evaluation how the test split is evaluated
 * @param seed the trial's seed; weights, row order and dropout noise follow from it, the same for every arm
 * @param stepInterval every how many steps the training loss is kept
 */
public record TrainingPlan(
        DatasetSpec dataset,
        ModelSpec model,
        BiasInit biasInit,
        TrainingSpec training,
        EvaluationSpec evaluation,
        long seed,
        int stepInterval) {

    /** The same training for another number of epochs. */
    public TrainingPlan withEpochs(int epochs) {
        return new TrainingPlan(dataset, model, biasInit, training.withEpochs(epochs), evaluation, seed, stepInterval);
    }
}

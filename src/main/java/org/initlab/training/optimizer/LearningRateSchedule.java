package org.initlab.training.optimizer;

/** The learning rate of every step of a run; {@code torch.optim.lr_scheduler}. */
@FunctionalInterface
public interface LearningRateSchedule {

    /**
     * Returns the learning rate of a step.
     *
     * @param step updates made before it, counted from the run's start
     */
    double at(int step);

    /** The same rate for every step. */
    static LearningRateSchedule constant(double learningRate) {
        return step -> learningRate;
    }
}

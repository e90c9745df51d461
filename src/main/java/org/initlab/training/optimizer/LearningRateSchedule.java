package org.initlab.training.optimizer;

import java.util.List;
import org.initlab.training.spec.ScheduleSpec;

/**
 * The learning rate of every step of a run, as by {@code torch.optim.lr_scheduler}; a function of the step, so that a
 * resumed run goes on with the rates of an uninterrupted one.
 */
@FunctionalInterface
public interface LearningRateSchedule {

    /**
     * Returns the learning rate of a step.
     *
     * @param step updates made before it, counted from the run's start
     */
    double at(long step);

    /** The same rate for every step. */
    static LearningRateSchedule constant(double learningRate) {
        return step -> learningRate;
    }

    /**
     * The course that a spec asks for.
     *
     * @param learningRate what the course is a share of
     * @param stepsAnEpoch updates in an epoch
     * @param epochs of the run, which are the horizon unless the spec gives one
     */
    static LearningRateSchedule of(ScheduleSpec spec, double learningRate, long stepsAnEpoch, int epochs) {
        LearningRateSchedule course = course(spec, learningRate, stepsAnEpoch, epochs);
        long warmup = spec.warmupSteps();
        return step -> step < warmup ? learningRate * (step + 1) / warmup : course.at(step);
    }

    private static LearningRateSchedule course(ScheduleSpec spec, double rate, long stepsAnEpoch, int epochs) {
        long warmup = spec.warmupSteps();
        long falling = (spec.epochs() == null ? epochs : spec.epochs()) * stepsAnEpoch - warmup;
        return switch (spec.type()) {
            case CONSTANT -> constant(rate);
            case LINEAR -> step -> step - warmup >= falling ? 0 : rate * (1 - (double) (step - warmup) / falling);
            case COSINE ->
                step -> step - warmup >= falling ? 0 : rate * (1 + Math.cos(Math.PI * (step - warmup) / falling)) / 2;
            case STEP ->
                step -> rate * Math.pow(spec.factor(), passed(spec.milestones(), (double) step / stepsAnEpoch));
        };
    }

    private static int passed(List<Integer> milestones, double epochs) {
        return Math.toIntExact(
                milestones.stream().filter(milestone -> milestone <= epochs).count());
    }
}

package org.initlab.experiment;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.hibernate.validator.constraints.Range;
import org.initlab.queue.RunQueue;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.spec.BiasInit;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.EvaluationSpec;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.Prior;
import org.initlab.training.spec.TrainingPlan;
import org.initlab.training.spec.TrainingSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for: arms × trials of one training; a part that is left out is the reference experiment's.
 *
 * @param name shown in lists and plots
 * @param dataset the data and its positive class
 * @param model the network
 * @param biasInits the arms
 * @param training how long and in which steps
 * @param evaluation how the test split is evaluated
 * @param trials repetitions; trial t has the seed {@code seed + t}
 * @param seed of the first trial
 * @param priority the higher is trained first
 * @param device what its workers must train on, {@code cpu} or {@code cuda}; {@code null} for any
 * @param stepInterval every how many steps the training loss is kept
 * @param stopping when it is done before all trials; {@code null} if never
 */
public record ExperimentSpec(
        @NotBlank(message = "must not be blank") @Size(max = 200) String name,
        @NotNull(message = "is required; its name says which data to train on") @Valid DatasetSpec dataset,
        @Valid ModelSpec model,
        @Size(min = 1, max = 8) List<@NotNull(message = "must not be null") @Valid BiasInit> biasInits,
        @Valid TrainingSpec training,
        @Valid EvaluationSpec evaluation,
        @Range(min = 1, max = RunQueue.MAX_TRIALS) Integer trials,
        @Range(min = 0, max = MAX_SEED) Long seed,
        @Range(min = MIN_PRIORITY, max = MAX_PRIORITY) Integer priority,
        @Pattern(regexp = "cpu|cuda", message = "must be cpu or cuda, or left out for any") @Nullable String device,
        @Range(min = 1, max = 1_000_000) Integer stepInterval,
        @Valid @Nullable StoppingSpec stopping) {

    /** The lowest priority. */
    public static final int MIN_PRIORITY = -1000;
    /** The highest priority. */
    public static final int MAX_PRIORITY = 1000;

    /** The largest whole number that every JSON reader keeps exactly, less room for the trials. */
    private static final long MAX_SEED = (1L << 53) - 1 - RunQueue.MAX_TRIALS;

    public ExperimentSpec {
        name = name == null ? "bias initialisation" + (dataset == null ? "" : " on " + dataset.name()) : name;
        model = model == null ? new ModelSpec(null, null, null, null, null) : model;
        model = model.orArchitecture(dataset == null ? ModelSpec.REFERENCE : dataset.defaultArchitecture());
        biasInits = biasInits == null ? List.of(new BiasInit.Default(), new BiasInit.PositiveRate()) : biasInits;
        training = training == null ? new TrainingSpec() : training;
        evaluation = evaluation == null ? new EvaluationSpec() : evaluation;
        trials = trials == null ? 10 : trials;
        seed = seed == null ? 42 : seed;
        priority = priority == null ? 0 : priority;
        stepInterval = stepInterval == null ? 10 : stepInterval;
    }

    ExperimentSpec with(DatasetSpec dataset, ModelSpec model) {
        return new ExperimentSpec(
                name,
                dataset,
                model,
                biasInits,
                training,
                evaluation,
                trials,
                seed,
                priority,
                device,
                stepInterval,
                stopping);
    }

    ExperimentSpec withName(String value) {
        return new ExperimentSpec(
                value,
                dataset,
                model,
                biasInits,
                training,
                evaluation,
                trials,
                seed,
                priority,
                device,
                stepInterval,
                stopping);
    }

    ExperimentSpec withEpochs(int epochs) {
        return new ExperimentSpec(
                name,
                dataset,
                model,
                biasInits,
                training.withEpochs(epochs),
                evaluation,
                trials,
                seed,
                priority,
                device,
                stepInterval,
                stopping);
    }

    ExperimentSpec withPriority(int value) {
        return new ExperimentSpec(
                name,
                dataset,
                model,
                biasInits,
                training,
                evaluation,
                trials,
                seed,
                value,
                device,
                stepInterval,
                stopping);
    }

    /** What its training comes to on its data. */
    public Prior prior(DatasetSummary data) {
        return Prior.of(training, data.trainPositiveRate(), data.trainRows());
    }

    TrainingPlan plan(BiasInit arm, int trial) {
        return new TrainingPlan(dataset, model.forTrial(trial), arm, training, evaluation, seed + trial, stepInterval);
    }
}

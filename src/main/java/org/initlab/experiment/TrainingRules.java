package org.initlab.experiment;

import static org.initlab.text.Counts.counted;

import java.util.List;
import java.util.Locale;
import org.initlab.platform.json.Bound;
import org.initlab.platform.problem.Fault;
import org.initlab.training.objective.CrossEntropyLoss;
import org.initlab.training.objective.FocalLoss;
import org.initlab.training.spec.BiasInit;
import org.initlab.training.spec.Sampling;
import org.initlab.training.spec.ScheduleSpec;
import org.initlab.training.spec.TrainingSpec;

/** What has to fit together in the training part of a spec, and with its arms. */
final class TrainingRules {
    private TrainingRules() {}

    static void check(Bound<ExperimentSpec> bound, List<Fault> faults, List<String> warnings) {
        ExperimentSpec experiment = bound.value();
        TrainingSpec spec = experiment.training();
        if (!bound.isFaulty("/biasInits")) {
            checkArms(experiment.biasInits(), spec, faults);
        }
        if (!bound.isFaulty("/training/schedule/type")) {
            checkSchedule(spec.schedule(), faults, warnings);
        }
        boolean balancedWeight = spec.loss() instanceof CrossEntropyLoss loss
                && loss.positiveWeight().isBalanced();
        if (balancedWeight && spec.sampling() == Sampling.BALANCED) {
            warnings.add("training.sampling and training.loss.positiveWeight are both balanced, so the positives are"
                    + " counted for the imbalance twice; one of the two is enough");
        }
    }

    /** With only one class counted, the further the logit the better. */
    private static void checkArms(List<BiasInit> arms, TrainingSpec spec, List<Fault> faults) {
        boolean oneClass = spec.loss() instanceof FocalLoss focal && focal.countsOneClass();
        for (int arm = 0; arm < arms.size(); arm++) {
            if (oneClass && arms.get(arm) instanceof BiasInit.Optimal) {
                faults.add(new Fault(
                        "/biasInits/" + arm + "/type",
                        "optimal needs a training.loss.alpha between 0 and 1: with only one class counted, no bias is"
                                + " the best"));
            }
        }
    }

    /** What only looks odd once the number of rows is known. */
    static List<String> warnings(TrainingSpec spec, int trainRows) {
        long steps = (long) spec.epochs() * ((trainRows + spec.batchSize() - 1) / spec.batchSize());
        int warmup = spec.schedule().warmupSteps();
        return steps == 0 || warmup < steps
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "training.schedule.warmupSteps is %,d, and the training has %s, so the learning rate never gets"
                                + " past its warm-up",
                        warmup,
                        counted(steps, "step")));
    }

    /** A field at its default is no fault, so that a resolved spec can be posted again. */
    private static void checkSchedule(ScheduleSpec spec, List<Fault> faults, List<String> warnings) {
        if (spec.epochs() != null && !spec.hasHorizon()) {
            faults.add(new Fault("/training/schedule/epochs", "only applies to the types linear and cosine"));
        }
        boolean steps = spec.type() == ScheduleSpec.Type.STEP;
        if (!spec.milestones().isEmpty() && !steps) {
            faults.add(new Fault("/training/schedule/milestones", "only applies to the type step"));
        }
        if (spec.factor() != ScheduleSpec.USUAL_FACTOR && !steps) {
            faults.add(new Fault("/training/schedule/factor", "only applies to the type step"));
        }
        if (steps && spec.milestones().isEmpty()) {
            warnings.add(
                    "training.schedule.type is step, but there are no milestones, so the learning rate stays the same");
        }
    }
}

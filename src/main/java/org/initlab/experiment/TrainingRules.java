package org.initlab.experiment;

import java.util.List;
import org.initlab.platform.problem.Fault;
import org.initlab.training.objective.CrossEntropyLoss;
import org.initlab.training.spec.Sampling;
import org.initlab.training.spec.ScheduleSpec;
import org.initlab.training.spec.TrainingSpec;

/** What has to fit together in the training part of a spec. */
final class TrainingRules {
    private TrainingRules() {}

    static void check(TrainingSpec spec, List<Fault> faults, List<String> warnings) {
        checkSchedule(spec.schedule(), faults, warnings);
        boolean balancedWeight = spec.loss() instanceof CrossEntropyLoss loss
                && loss.positiveWeight().isBalanced();
        if (balancedWeight && spec.sampling() == Sampling.BALANCED) {
            warnings.add("training.sampling and training.loss.positiveWeight are both balanced, so the positives are"
                    + " counted for the imbalance twice; one of the two is enough");
        }
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

package org.initlab.training;

import org.initlab.training.spec.EvaluationSpec;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.InputForm;
import org.initlab.training.spec.TrainingPlan;

/**
 * Keeps evaluation from taking more memory than training: a batch of evaluation that is large in bytes is cut to as many rows as
 * a batch of training has, or more if they stay small. In training mode it is left as it is, as BatchNorm sees whole batches.
 */
final class EvaluationBatch {
    /** Of the network's input; its layers' outputs take some 25 times as much. */
    private static final int SMALL_BYTES = 32 << 20;

    private static final int CHANNELS = 3;

    private EvaluationBatch() {}

    /** The plan with the batch size that evaluation has in fact. */
    static TrainingPlan fitted(TrainingPlan plan, InputForm form) {
        EvaluationSpec asked = plan.evaluation();
        if (asked.mode() == EvaluationSpec.Mode.TRAIN || !(form instanceof ImageTransform image)) {
            return plan;
        }
        int rowBytes = image.crop() * image.crop() * CHANNELS * Float.BYTES;
        int most = Math.max(plan.training().batchSize(), SMALL_BYTES / rowBytes);
        return plan.withEvaluation(new EvaluationSpec(Math.min(asked.batchSize(), most), asked.mode()));
    }
}

package org.initlab.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.text.CaseUtils;
import org.initlab.training.objective.BinaryCrossEntropy;
import org.initlab.training.objective.Objective;
import org.initlab.training.spec.BiasInit;

/** The loss at initialisation of a network whose logits equal its output bias, as Karpathy's recipe assumes. */
final class InitialLoss {
    private static final Objective CROSS_ENTROPY = new BinaryCrossEntropy();

    private InitialLoss() {}

    /**
     * By arm label in camel case, in nats; a bias that is drawn near 0 counts as 0, which gives ln 2.
     *
     * @param positiveRate the training split's, in (0, 1)
     */
    static Map<String, Double> expected(List<BiasInit> arms, double positiveRate) {
        List<String> labels = ArmLabels.of(arms);
        Map<String, Double> losses = new LinkedHashMap<>();
        for (int arm = 0; arm < labels.size(); arm++) {
            double logit = arms.get(arm).logit(positiveRate).orElse(0);
            losses.put(CaseUtils.toCamelCase(labels.get(arm), false, '_'), mean(positiveRate, logit));
        }
        return losses;
    }

    private static double mean(double positiveRate, double logit) {
        return positiveRate * CROSS_ENTROPY.value(logit, true) + (1 - positiveRate) * CROSS_ENTROPY.value(logit, false);
    }
}

package org.initlab.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.text.CaseUtils;
import org.initlab.training.spec.BiasInit;

/** The loss at initialisation of a network whose logits equal its output bias, as Karpathy's recipe assumes. */
final class InitialLoss {
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
            losses.put(CaseUtils.toCamelCase(labels.get(arm), false, '_'), crossEntropy(positiveRate, logit));
        }
        return losses;
    }

    private static double crossEntropy(double positiveRate, double logit) {
        double negative = Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
        return negative - positiveRate * logit;
    }
}

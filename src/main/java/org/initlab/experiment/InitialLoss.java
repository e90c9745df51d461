package org.initlab.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.text.CaseUtils;
import org.initlab.training.objective.Objective;
import org.initlab.training.spec.BiasInit;
import org.initlab.training.spec.Prior;

/** A loss at initialisation of a network whose logits equal its output bias, as Karpathy's recipe assumes. */
final class InitialLoss {
    private InitialLoss() {}

    /**
     * By arm label in camel case, in nats, over rows of the training split's positive rate; a bias that is drawn near 0
     * counts as 0.
     */
    static Map<String, Double> expected(List<BiasInit> arms, Prior prior, Objective loss) {
        List<String> labels = ArmLabels.of(arms);
        Map<String, Double> losses = new LinkedHashMap<>();
        for (int arm = 0; arm < labels.size(); arm++) {
            double logit = arms.get(arm).expectedLogit(prior);
            losses.put(
                    CaseUtils.toCamelCase(labels.get(arm), false, '_'), loss.constantMean(logit, prior.positiveRate()));
        }
        return losses;
    }
}

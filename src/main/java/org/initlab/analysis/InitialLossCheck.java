package org.initlab.analysis;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * An arm's loss before the first step, compared with what it should be (Karpathy's "verify loss at init").
 *
 * @param loss the loss of the arm's trials at epoch 0, in nats
 * @param baselineLoss the mean of the baseline's trials; {@code null} if there is none yet
 * @param entropy the ideal: the loss of the constant predictor, H(p); {@code null} until the data has been read
 * @param ln2 the loss of a predictor that always says one half
 * @param excess how far the mean loss is above the ideal, as a share of it: 0.1 is 10 %; {@code null} if either is
 *     unknown
 */
public record InitialLossCheck(Summary loss, Double baselineLoss, Double entropy, double ln2, Double excess) {
    private static final double TOLERANCE = 0.1;

    static InitialLossCheck of(ArmCurves baseline, ArmCurves arm, ConstantPredictor constant) {
        Summary loss = Summary.of(initial(arm), Quantity.LOSS);
        OptionalDouble baselineLoss = Arrays.stream(initial(baseline)).average();
        boolean known = constant != null && loss.mean() != null;
        return new InitialLossCheck(
                loss,
                baselineLoss.isPresent() ? (Double) baselineLoss.getAsDouble() : null,
                constant == null ? null : (Double) constant.loss(),
                Math.log(2),
                known ? (Double) (loss.mean() / constant.loss() - 1) : null);
    }

    /** Whether a bias set from the positive rate has failed in its purpose. */
    boolean isOff() {
        return excess != null && Math.abs(excess) > TOLERANCE;
    }

    private static double[] initial(ArmCurves arm) {
        return arm.trials().stream()
                .mapToDouble(trial -> trial.at(Quantity.LOSS, 0))
                .filter(Double::isFinite)
                .toArray();
    }
}

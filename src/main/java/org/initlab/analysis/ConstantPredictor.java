package org.initlab.analysis;

/**
 * The predictor that ignores its input and gives every test row the training split's positive rate: all that an output
 * bias can learn by itself.
 *
 * @param positiveRate the training split's, in (0, 1)
 * @param loss its mean cross-entropy on the test split in nats; the entropy H(p) if both splits have the rate p
 * @param rocAuc 0.5, as all its scores are tied
 * @param prAuc the test split's positive rate, for the same reason
 * @param brier its mean squared error on the test split
 * @param objective the mean training objective on the test split, in nats, of the constant that has the smallest one on the
 *     training split; plain cross-entropy's is the positive rate too
 * @param meanProbability the training split's positive rate
 * @param ece the distance of the two splits' rates
 */
public record ConstantPredictor(
        double positiveRate,
        double loss,
        double rocAuc,
        double prAuc,
        double brier,
        double objective,
        double meanProbability,
        double ece) {

    /** With the two splits' positive rates; the training split's is in (0, 1). */
    public static ConstantPredictor of(double trainRate, double testRate, double objective) {
        return new ConstantPredictor(
                trainRate,
                -testRate * Math.log(trainRate) - (1 - testRate) * Math.log1p(-trainRate),
                0.5,
                testRate,
                testRate * (1 - trainRate) * (1 - trainRate) + (1 - testRate) * trainRate * trainRate,
                objective,
                trainRate,
                Math.abs(trainRate - testRate));
    }

    public double level(Quantity quantity) {
        return switch (quantity) {
            case LOSS -> loss;
            case ROC_AUC -> rocAuc;
            case PR_AUC -> prAuc;
            case BRIER -> brier;
            case OBJECTIVE -> objective;
            case MEAN_PROBABILITY -> meanProbability;
            case ECE -> ece;
        };
    }
}

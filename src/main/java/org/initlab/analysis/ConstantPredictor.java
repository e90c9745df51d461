package org.initlab.analysis;

/**
 * The predictor that ignores its input and gives every test row the training split's positive rate: all that an output
 * bias can learn by itself.
 *
 * @param positiveRate the training split's, in (0, 1)
 * @param loss its mean cross-entropy on the test split in nats; the entropy H(p) if both splits have the rate p
 * @param rocAuc 0.5, as all its scores are tied
 */
public record ConstantPredictor(double positiveRate, double loss, double rocAuc) {

    /** With the two splits' positive rates; the training split's is in (0, 1). */
    public static ConstantPredictor of(double trainRate, double testRate) {
        double loss = -testRate * Math.log(trainRate) - (1 - testRate) * Math.log1p(-trainRate);
        return new ConstantPredictor(trainRate, loss, 0.5);
    }
}

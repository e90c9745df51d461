package org.initlab.training;

/**
 * What a network says of each row of the test split, in its order.
 *
 * @param labels 0 or 1
 * @param logits of the positive class
 */
public record Predictions(byte[] labels, float[] logits) {
    public Predictions {
        if (labels.length != logits.length) {
            throw new IllegalArgumentException(labels.length + " labels for " + logits.length + " logits");
        }
    }
}

package org.initlab.training.spec;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.hibernate.validator.constraints.Range;

/**
 * The network to train.
 *
 * @param architecture torchvision's name for the backbone
 * @param weights {@code none}, {@code imagenet}, or a file below the weights folder
 * @param imageSize height and width in pixels of the network's input; {@code null} for the architecture's size with
 *     weights, the data set's without
 * @param dropout the classifier's dropout rate, in [0, 1); {@code null} for the architecture's own
 * @param stochasticDepth the rate of the last residual block, in [0, 1); {@code null} for the architecture's own
 */
public record ModelSpec(
        String architecture,
        String weights,
        @Range(min = 8, max = 1024) Integer imageSize,
        @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) Double dropout,
        @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) Double stochasticDepth) {
    public ModelSpec {
        architecture = architecture == null ? "efficientnet_b1" : architecture;
        weights = weights == null ? "none" : weights;
    }

    /** The reference experiment's model: EfficientNet-B1 from scratch. */
    public ModelSpec() {
        this(null, null, null, null, null);
    }
}

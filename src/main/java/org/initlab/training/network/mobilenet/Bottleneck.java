package org.initlab.training.network.mobilenet;

/**
 * One line of the paper's tables 1 and 2: a residual block.
 *
 * @param kernel height and width of the depthwise convolution
 * @param inputs channels
 * @param expanded channels between the pointwise convolutions
 * @param outputs channels
 * @param gated whether a squeeze-and-excitation scales the expanded channels
 * @param hard whether the activation is {@code Hardswish}, else {@code ReLU}
 * @param stride of the depthwise convolution
 */
record Bottleneck(int kernel, int inputs, int expanded, int outputs, boolean gated, boolean hard, int stride) {

    /** Whether the input is added to the output. */
    boolean residual() {
        return stride == 1 && inputs == outputs;
    }
}

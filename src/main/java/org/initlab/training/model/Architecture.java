package org.initlab.training.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of {@code efficientnet_b0} to {@code efficientnet_b7}, by torchvision's table: the scaling of Tan and Le,
 * "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks" (2019).
 */
public final class Architecture {
    private static final int CHANNEL_DIVISOR = 8;
    private static final double STOCHASTIC_DEPTH = 0.2;
    private static final BatchNorm.Constants BATCH_NORM = new BatchNorm.Constants(1e-5, 0.1);
    private static final BatchNorm.Constants LARGE_BATCH_NORM = new BatchNorm.Constants(1e-3, 0.01);

    private static final List<Architecture> ALL = List.of(
            new Architecture("efficientnet_b0", 1.0, 1.0, 0.2, 224, 5_288_548, BATCH_NORM),
            new Architecture("efficientnet_b1", 1.0, 1.1, 0.2, 240, 7_794_184, BATCH_NORM),
            new Architecture("efficientnet_b2", 1.1, 1.2, 0.3, 288, 9_109_994, BATCH_NORM),
            new Architecture("efficientnet_b3", 1.2, 1.4, 0.3, 300, 12_233_232, BATCH_NORM),
            new Architecture("efficientnet_b4", 1.4, 1.8, 0.4, 380, 19_341_616, BATCH_NORM),
            new Architecture("efficientnet_b5", 1.6, 2.2, 0.4, 456, 30_389_784, LARGE_BATCH_NORM),
            new Architecture("efficientnet_b6", 1.8, 2.6, 0.5, 528, 43_040_704, LARGE_BATCH_NORM),
            new Architecture("efficientnet_b7", 2.0, 3.1, 0.5, 600, 66_347_960, LARGE_BATCH_NORM));

    private final String name;
    private final double width;
    private final double depth;
    private final double dropout;
    private final int imageSize;
    private final long parameters;
    private final BatchNorm.Constants batchNorm;

    private Architecture(
            String name,
            double width,
            double depth,
            double dropout,
            int imageSize,
            long parameters,
            BatchNorm.Constants batchNorm) {
        this.name = name;
        this.width = width;
        this.depth = depth;
        this.dropout = dropout;
        this.imageSize = imageSize;
        this.parameters = parameters;
        this.batchNorm = batchNorm;
    }

    /** Returns the architecture of torchvision's name, empty where there is none. */
    public static Optional<Architecture> named(String name) {
        return ALL.stream().filter(it -> it.name.equals(name)).findFirst();
    }

    /** Returns all architectures, the smallest first. */
    public static List<Architecture> all() {
        return ALL;
    }

    /** Returns torchvision's name, such as {@code efficientnet_b1}. */
    public String name() {
        return name;
    }

    /** Returns height and width in pixels of its own images: the crop of torchvision's IMAGENET1K_V1 preset. */
    public int imageSize() {
        return imageSize;
    }

    /** Returns the classifier's dropout rate, in [0, 1). */
    public double dropout() {
        return dropout;
    }

    /** Returns the rate at which stochastic depth's linear growth over the residual blocks ends, in [0, 1). */
    public double stochasticDepth() {
        return STOCHASTIC_DEPTH;
    }

    /** Returns the number of learnt values with 1000 classes, as torchvision counts them: without running statistics. */
    public long parameters() {
        return parameters;
    }

    BatchNorm.Constants batchNorm() {
        return batchNorm;
    }

    /** Returns the seven stages of residual blocks (the paper's table 1), scaled. */
    List<Stage> stages() {
        return List.of(
                stage(1, 3, 1, 32, 16, 1),
                stage(6, 3, 2, 16, 24, 2),
                stage(6, 5, 2, 24, 40, 2),
                stage(6, 3, 2, 40, 80, 3),
                stage(6, 5, 1, 80, 112, 3),
                stage(6, 5, 2, 112, 192, 4),
                stage(6, 3, 1, 192, 320, 1));
    }

    private Stage stage(int expandRatio, int kernel, int stride, int inputs, int outputs, int layers) {
        return new Stage(
                expandRatio, kernel, stride, channels(inputs), channels(outputs), (int) Math.ceil(layers * depth));
    }

    /** Rounds to a multiple of eight that is no more than a tenth below, as torchvision's {@code _make_divisible}. */
    private int channels(int unscaled) {
        double exact = unscaled * width;
        int nearest = (int) (exact + CHANNEL_DIVISOR / 2.0) / CHANNEL_DIVISOR * CHANNEL_DIVISOR;
        int rounded = Math.max(CHANNEL_DIVISOR, nearest);
        return rounded < 0.9 * exact ? rounded + CHANNEL_DIVISOR : rounded;
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * Residual blocks in a row; the first alone has the stride and the number of input channels.
     *
     * @param expandRatio by how much a block widens its input before the depthwise convolution
     * @param kernel height and width of the depthwise convolution
     * @param stride of the first block
     * @param inputs channels of the first block's input
     * @param outputs channels of every block's output
     * @param layers the number of blocks
     */
    record Stage(int expandRatio, int kernel, int stride, int inputs, int outputs, int layers) {

        /** Returns the stage's blocks as stages of one block each. */
        List<Stage> blocks() {
            List<Stage> blocks = new ArrayList<>();
            for (int i = 0; i < layers; i++) {
                blocks.add(new Stage(expandRatio, kernel, i == 0 ? stride : 1, i == 0 ? inputs : outputs, outputs, 1));
            }
            return blocks;
        }
    }
}

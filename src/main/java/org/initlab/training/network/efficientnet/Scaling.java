package org.initlab.training.network.efficientnet;

import java.util.ArrayList;
import java.util.List;
import org.initlab.training.network.layers.BatchNorm;
import org.initlab.training.network.vision.Channels;

/**
 * How the base network of the paper's table 1 is scaled.
 *
 * @param width factor for the number of channels
 * @param depth factor for the number of blocks
 * @param batchNorm the constants of every batch normalisation
 */
record Scaling(double width, double depth, BatchNorm.Constants batchNorm) {
    /** Returns the seven stages of residual blocks, scaled. */
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

    private int channels(int unscaled) {
        return Channels.divisible(unscaled * width);
    }

    /**
     * A sequence of residual blocks; only the first has the stride and the number of input channels.
     *
     * @param expandRatio by how much a block widens its input before the depthwise convolution
     * @param kernel height and width of the depthwise convolution
     * @param stride the first block's stride
     * @param inputs the channels of the first block's input
     * @param outputs the channels of every block's output
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

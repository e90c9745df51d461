package org.initlab.training.network.mobilenet;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.initlab.training.network.layers.Activation;
import org.initlab.training.network.layers.BatchNorm;
import org.initlab.training.network.layers.Chain;
import org.initlab.training.network.layers.Convolution.Geometry;
import org.initlab.training.network.layers.Dropout;
import org.initlab.training.network.layers.Hardswish;
import org.initlab.training.network.layers.Linear;
import org.initlab.training.network.layers.NormalizedConvolution;
import org.initlab.training.network.vision.PooledNetwork;
import org.initlab.training.network.vision.VisionArchitecture;

/** torchvision's {@code MobileNetV3}. */
final class MobileNetV3 extends PooledNetwork<Chain> {
    private static final BatchNorm.Constants BATCH_NORM = new BatchNorm.Constants(1e-3, 0.01);
    private static final int LAST_EXPANSION = 6;
    private static final double LINEAR_DEVIATION = 0.01;

    /**
     * Builds the network with all values zero.
     *
     * @param manager owns the parameters
     * @param replaced whether the head is in place of the last layer
     * @param blocks the residual blocks from input to output
     * @param hidden the width of the classifier's hidden layer
     * @param dropout the rate after the hidden layer
     */
    MobileNetV3(NDManager manager, boolean replaced, List<Bottleneck> blocks, int hidden, double dropout) {
        super(new Chain(manager), replaced);
        NormalizedConvolution.Style hard = new NormalizedConvolution.Style(manager, BATCH_NORM, Activation.HARDSWISH);
        NormalizedConvolution.Style plain = new NormalizedConvolution.Style(manager, BATCH_NORM, Activation.RELU);
        addLayer("features", features)
                .add(hard.activated(new Geometry(3, blocks.get(0).inputs(), 3, 2, 1)));
        blocks.forEach(block -> features.add(new InvertedResidual(block.hard() ? hard : plain, block)));
        int narrow = blocks.get(blocks.size() - 1).outputs();
        int wide = LAST_EXPANSION * narrow;
        features.add(hard.activated(Geometry.pointwise(narrow, wide)));
        addLayer("classifier", classifier)
                .add(Linear.normal(manager, wide, hidden, LINEAR_DEVIATION))
                .add(new Hardswish(manager))
                .add(new Dropout(dropout));
        end("classifier.3", hidden, () -> Linear.normal(manager, hidden, VisionArchitecture.CLASSES, LINEAR_DEVIATION));
    }
}

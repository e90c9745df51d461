package org.initlab.training.network.resnet;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.initlab.training.network.layers.BatchNorm;
import org.initlab.training.network.layers.Convolution;
import org.initlab.training.network.layers.Convolution.Geometry;
import org.initlab.training.network.layers.Linear;
import org.initlab.training.network.layers.MaxPool;
import org.initlab.training.network.layers.Relu;
import org.initlab.training.network.layers.Sequence;
import org.initlab.training.network.vision.PooledNetwork;
import org.initlab.training.network.vision.VisionArchitecture;

/** torchvision's {@code ResNet}; its layers are registered one by one, under torchvision's names. */
final class ResNet extends PooledNetwork<Sequence> {
    private static final int STEM_CHANNELS = 64;

    /**
     * Builds the network with all values zero.
     *
     * @param manager owns the parameters
     * @param replaced whether the head is in place of the last layer
     * @param bottlenecks whether a block narrows before its 3×3 convolution, and widens fourfold after it
     * @param blocks the number of blocks in each of the four stages
     */
    ResNet(NDManager manager, boolean replaced, boolean bottlenecks, List<Integer> blocks) {
        super(new Sequence(), replaced);
        features.add(addLayer("conv1", Convolution.unbiased(manager, new Geometry(3, STEM_CHANNELS, 7, 2, 1))))
                .add(addLayer("bn1", new BatchNorm(manager, STEM_CHANNELS, BatchNorm.Constants.DEFAULT)))
                .add(new Relu())
                .add(new MaxPool(3, 2, 1));
        int inputs = STEM_CHANNELS;
        for (int stage = 0; stage < blocks.size(); stage++) {
            Sequence layer = addLayer("layer" + (stage + 1), new Sequence());
            int narrow = STEM_CHANNELS << stage;
            for (int block = 0; block < blocks.get(stage); block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                ResidualBlock added = bottlenecks
                        ? ResidualBlock.bottleneck(manager, inputs, narrow, stride)
                        : ResidualBlock.basic(manager, inputs, narrow, stride);
                layer.add(added);
                inputs = added.outputs();
            }
            features.add(layer);
        }
        int width = inputs;
        end("fc", width, () -> addLayer("fc", Linear.pytorchDefault(manager, width, VisionArchitecture.CLASSES)));
    }
}

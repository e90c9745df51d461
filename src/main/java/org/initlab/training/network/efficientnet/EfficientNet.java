package org.initlab.training.network.efficientnet;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.initlab.training.network.efficientnet.Scaling.Stage;
import org.initlab.training.network.layers.Activation;
import org.initlab.training.network.layers.Chain;
import org.initlab.training.network.layers.Convolution.Geometry;
import org.initlab.training.network.layers.Dropout;
import org.initlab.training.network.layers.Linear;
import org.initlab.training.network.layers.NormalizedConvolution;
import org.initlab.training.network.vision.PooledNetwork;
import org.initlab.training.network.vision.VisionArchitecture;

/** torchvision's {@code EfficientNet}. */
final class EfficientNet extends PooledNetwork<Chain> {
    private static final int HEAD_EXPANSION = 4;

    /**
     * Builds the network with all values zero.
     *
     * @param manager owns the parameters
     * @param replaced whether the head is in place of the last layer
     * @param dropout the rate before the last layer
     * @param stochasticDepth the rate towards which that of the blocks grows
     */
    EfficientNet(NDManager manager, boolean replaced, Scaling scaling, double dropout, double stochasticDepth) {
        super(new Chain(manager), replaced);
        NormalizedConvolution.Style style =
                new NormalizedConvolution.Style(manager, scaling.batchNorm(), Activation.SILU);
        List<Stage> stages = scaling.stages();
        int narrow = stages.get(stages.size() - 1).outputs();
        int wide = HEAD_EXPANSION * narrow;
        addLayer("features", features)
                .add(style.activated(new Geometry(3, stages.get(0).inputs(), 3, 2, 1)));
        addStages(style, stages, stochasticDepth);
        features.add(style.activated(Geometry.pointwise(narrow, wide)));
        addLayer("classifier", classifier).add(new Dropout(dropout));
        end("classifier.1", wide, () -> Linear.uniformByOutputs(manager, wide, VisionArchitecture.CLASSES));
    }

    /** The rate of stochastic depth grows linearly from 0 at the first block. */
    private void addStages(NormalizedConvolution.Style style, List<Stage> stages, double stochasticDepth) {
        int total = stages.stream().mapToInt(Stage::layers).sum();
        int index = 0;
        for (Stage stage : stages) {
            Chain blocks = new Chain(style.manager());
            for (Stage block : stage.blocks()) {
                blocks.add(new InvertedResidual(style, block, stochasticDepth * index++ / total));
            }
            features.add(blocks);
        }
    }
}

package org.initlab.training.network.efficientnet;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.initlab.training.network.efficientnet.Scaling.Stage;
import org.initlab.training.network.layers.Convolution.Geometry;
import org.initlab.training.network.layers.Dropout;
import org.initlab.training.network.layers.Linear;
import org.initlab.training.network.layers.NormalizedConvolutions;
import org.initlab.training.network.layers.Sequence;
import org.initlab.training.network.layers.Silu;
import org.initlab.training.network.vision.PooledNetwork;
import org.initlab.training.network.vision.VisionArchitecture;

/** torchvision's {@code EfficientNet}. */
final class EfficientNet extends PooledNetwork {
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
        super(replaced);
        NormalizedConvolutions convolutions =
                new NormalizedConvolutions(manager, scaling.batchNorm(), new Silu(manager));
        List<Stage> stages = scaling.stages();
        int narrow = stages.get(stages.size() - 1).outputs();
        int wide = HEAD_EXPANSION * narrow;
        addLayer("features", features)
                .add(convolutions.activated(new Geometry(3, stages.get(0).inputs(), 3, 2, 1)));
        addStages(convolutions, stages, stochasticDepth);
        features.add(convolutions.activated(Geometry.pointwise(narrow, wide)));
        addLayer("classifier", classifier).add(new Dropout(dropout));
        end("classifier.1", wide, () -> Linear.uniformByOutputs(manager, wide, VisionArchitecture.CLASSES));
    }

    /** The rate of stochastic depth grows linearly from 0 at the first block. */
    private void addStages(NormalizedConvolutions convolutions, List<Stage> stages, double stochasticDepth) {
        int total = stages.stream().mapToInt(Stage::layers).sum();
        int index = 0;
        for (Stage stage : stages) {
            Sequence blocks = new Sequence();
            for (Stage block : stage.blocks()) {
                blocks.add(new InvertedResidual(convolutions, block, stochasticDepth * index++ / total));
            }
            features.add(blocks);
        }
    }
}

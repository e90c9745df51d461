package org.initlab.training.network.efficientnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.initlab.training.network.Network;
import org.initlab.training.network.efficientnet.Scaling.Stage;
import org.initlab.training.network.layers.Convolution.Geometry;
import org.initlab.training.network.layers.Dropout;
import org.initlab.training.network.layers.Layer;
import org.initlab.training.network.layers.Linear;
import org.initlab.training.network.layers.NormalizedConvolutions;
import org.initlab.training.network.layers.Sequence;
import org.initlab.training.network.layers.Silu;
import org.initlab.training.network.vision.VisionArchitecture;

/** torchvision's {@code EfficientNet}: images of shape (N, 3, height, width) to 1000 logits each. */
final class EfficientNet extends Layer implements Network {
    private static final int HEAD_EXPANSION = 4;

    private final Sequence features;
    private final Sequence classifier;

    EfficientNet(NDManager manager, Scaling scaling, double dropout, double stochasticDepth) {
        NormalizedConvolutions convolutions =
                new NormalizedConvolutions(manager, scaling.batchNorm(), new Silu(manager));
        List<Stage> stages = scaling.stages();
        int narrow = stages.get(stages.size() - 1).outputs();
        int wide = HEAD_EXPANSION * narrow;
        features = addLayer("features", new Sequence());
        features.add(convolutions.activated(new Geometry(3, stages.get(0).inputs(), 3, 2, 1)));
        addStages(convolutions, stages, stochasticDepth);
        features.add(convolutions.activated(Geometry.pointwise(narrow, wide)));
        classifier = addLayer("classifier", new Sequence());
        classifier.add(new Dropout(dropout)).add(Linear.uniformByOutputs(manager, wide, VisionArchitecture.CLASSES));
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

    @Override
    public NDArray apply(NDArray images, boolean training) {
        try (NDArray maps = features.apply(images, training)) {
            return classifier.take(maps.getNDArrayInternal().globalAvgPool(), training);
        }
    }

    @Override
    public int outputs() {
        return VisionArchitecture.CLASSES;
    }
}

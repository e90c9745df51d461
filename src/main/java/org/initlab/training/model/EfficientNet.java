package org.initlab.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** torchvision's {@code EfficientNet}: images of shape (N, 3, height, width) to 1000 logits each. */
final class EfficientNet extends Layer {
    static final int CLASSES = 1000;
    private static final int HEAD_EXPANSION = 4;

    private final Sequence features;
    private final Sequence classifier;

    EfficientNet(LayerContext context, Architecture architecture, double dropout, double stochasticDepth) {
        List<Architecture.Stage> stages = architecture.stages();
        int narrow = stages.get(stages.size() - 1).outputs();
        int wide = HEAD_EXPANSION * narrow;
        features = addLayer("features", new Sequence());
        features.add(ConvNormActivation.activated(
                context, new Convolution.Geometry(3, stages.get(0).inputs(), 3, 2, 1)));
        addStages(context, stages, stochasticDepth);
        features.add(ConvNormActivation.activated(context, Convolution.Geometry.pointwise(narrow, wide)));
        classifier = addLayer("classifier", new Sequence());
        classifier.add(new Dropout(dropout)).add(Linear.torchvisionClassifier(context.manager(), wide, CLASSES));
    }

    /** The rate of stochastic depth grows linearly from 0 at the first block. */
    private void addStages(LayerContext context, List<Architecture.Stage> stages, double stochasticDepth) {
        int total = stages.stream().mapToInt(Architecture.Stage::layers).sum();
        int index = 0;
        for (Architecture.Stage stage : stages) {
            Sequence blocks = new Sequence();
            for (Architecture.Stage block : stage.blocks()) {
                blocks.add(new InvertedResidual(context, block, stochasticDepth * index++ / total));
            }
            features.add(blocks);
        }
    }

    @Override
    NDArray apply(NDArray images, boolean training) {
        try (NDArray maps = features.apply(images, training);
                NDArray means = maps.getNDArrayInternal().globalAvgPool()) {
            return classifier.apply(means, training);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), CLASSES)};
    }
}

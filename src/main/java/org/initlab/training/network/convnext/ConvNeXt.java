package org.initlab.training.network.convnext;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.initlab.training.network.layers.Convolution;
import org.initlab.training.network.layers.Convolution.Geometry;
import org.initlab.training.network.layers.LayerNorm;
import org.initlab.training.network.layers.LayerNorm2d;
import org.initlab.training.network.layers.Linear;
import org.initlab.training.network.layers.Sequence;
import org.initlab.training.network.vision.PooledNetwork;
import org.initlab.training.network.vision.VisionArchitecture;

/** torchvision's {@code ConvNeXt}. */
final class ConvNeXt extends PooledNetwork<Sequence> {
    static final double NORM_EPSILON = 1e-6;

    /** torchvision cuts the normal distribution off at ±2, a hundred deviations. */
    static final double WEIGHT_DEVIATION = 0.02;

    private static final int STEM_PATCH = 4;
    private static final int STAGE_PATCH = 2;

    private final NDManager manager;

    /**
     * A run of blocks at one resolution.
     *
     * @param channels of every block
     * @param blocks their number
     */
    record Stage(int channels, int blocks) {}

    /**
     * Builds the network with all values zero.
     *
     * @param manager owns the parameters
     * @param replaced whether the head is in place of the last layer
     * @param stages from input to output; between two, height and width are halved
     * @param stochasticDepth the last block's rate
     */
    ConvNeXt(NDManager manager, boolean replaced, List<Stage> stages, double stochasticDepth) {
        super(new Sequence(), replaced);
        this.manager = manager;
        int inputs = stages.get(0).channels();
        addLayer("features", features)
                .add(new Sequence().add(patches(3, inputs, STEM_PATCH)).add(norm(inputs)));
        addStages(stages, stochasticDepth);
        int outputs = stages.get(stages.size() - 1).channels();
        // torchvision flattens after it, here the means are flat already
        addLayer("classifier", classifier).add(new LayerNorm(manager, outputs, NORM_EPSILON));
        end(
                "classifier.2",
                outputs,
                () -> Linear.normal(manager, outputs, VisionArchitecture.CLASSES, WEIGHT_DEVIATION));
    }

    /** The rate of stochastic depth grows linearly from 0 at the first block. */
    private void addStages(List<Stage> stages, double stochasticDepth) {
        int last = stages.stream().mapToInt(Stage::blocks).sum() - 1;
        int index = 0;
        int inputs = stages.get(0).channels();
        for (Stage stage : stages) {
            if (stage.channels() != inputs) {
                features.add(new Sequence().add(norm(inputs)).add(patches(inputs, stage.channels(), STAGE_PATCH)));
            }
            Sequence blocks = new Sequence();
            for (int i = 0; i < stage.blocks(); i++) {
                blocks.add(new Block(manager, stage.channels(), stochasticDepth * index++ / last));
            }
            features.add(blocks);
            inputs = stage.channels();
        }
    }

    private Convolution patches(int inputs, int outputs, int size) {
        return Convolution.normal(manager, Geometry.patches(inputs, outputs, size), WEIGHT_DEVIATION);
    }

    private LayerNorm norm(int channels) {
        return new LayerNorm2d(manager, channels, NORM_EPSILON);
    }
}

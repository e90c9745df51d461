package org.initlab.training.network.convnext;

import static org.initlab.training.spec.ImageTransform.resizeAndCrop;
import static org.initlab.training.spec.Interpolation.BILINEAR;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.initlab.training.network.Architecture;
import org.initlab.training.network.ImageNetWeights;
import org.initlab.training.network.Network;
import org.initlab.training.network.convnext.ConvNeXt.Stage;
import org.initlab.training.network.vision.VisionArchitecture;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.RowShape;
import org.jspecify.annotations.Nullable;

/** {@code convnext_tiny} as torchvision has it: Liu et al., "A ConvNet for the 2020s" (2022). */
public final class ConvNeXts {
    private static final int IMAGE_SIZE = 224;

    private static final List<Architecture> ALL = List.of(new OfStages(
            new VisionArchitecture.Traits(
                    "convnext_tiny",
                    28_589_128,
                    IMAGE_SIZE,
                    null,
                    0.1,
                    VisionArchitecture.Shrinking.unpadded(32),
                    List.of(new ImageNetWeights(
                            "convnext_tiny-983f1562.pth", resizeAndCrop(236, BILINEAR, IMAGE_SIZE)))),
            List.of(new Stage(96, 3), new Stage(192, 3), new Stage(384, 9), new Stage(768, 3))));

    private ConvNeXts() {}

    /** Returns all of them, smallest first. */
    public static List<Architecture> all() {
        return ALL;
    }

    private static final class OfStages extends VisionArchitecture {
        private final List<Stage> stages;

        OfStages(Traits traits, List<Stage> stages) {
            super(traits);
            this.stages = stages;
        }

        @Override
        public Network build(ModelSpec spec, @Nullable RowShape rows, NDManager manager) {
            return new ConvNeXt(manager, replacesLastLayer(spec), stages, spec.stochasticDepth());
        }
    }
}

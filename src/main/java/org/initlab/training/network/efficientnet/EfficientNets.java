package org.initlab.training.network.efficientnet;

import static org.initlab.training.spec.ImageTransform.resizeAndCrop;
import static org.initlab.training.spec.Interpolation.BICUBIC;
import static org.initlab.training.spec.Interpolation.BILINEAR;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.initlab.training.network.Architecture;
import org.initlab.training.network.ImageNetWeights;
import org.initlab.training.network.Network;
import org.initlab.training.network.layers.BatchNorm;
import org.initlab.training.network.vision.VisionArchitecture;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.RowShape;
import org.jspecify.annotations.Nullable;

/**
 * {@code efficientnet_b0} to {@code efficientnet_b7} from torchvision's table: the scaling of Tan and Le,
 * "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks" (2019).
 */
public final class EfficientNets {
    private static final double STOCHASTIC_DEPTH = 0.2;
    private static final VisionArchitecture.Shrinking SHRINKING = VisionArchitecture.Shrinking.padded(32);
    private static final BatchNorm.Constants LARGE_BATCH_NORM = new BatchNorm.Constants(1e-3, 0.01);

    private static final List<Architecture> ALL = List.of(
            small(0, 1.0, 1.0, 0.2, 224, 5_288_548, bicubic("efficientnet_b0_rwightman-7f5810bc.pth", 256, 224)),
            small(
                    1,
                    1.0,
                    1.1,
                    0.2,
                    240,
                    7_794_184,
                    new ImageNetWeights("efficientnet_b1-c27df63c.pth", resizeAndCrop(255, BILINEAR, 240)),
                    bicubic("efficientnet_b1_rwightman-bac287d4.pth", 256, 240)),
            small(2, 1.1, 1.2, 0.3, 288, 9_109_994, bicubic("efficientnet_b2_rwightman-c35c1473.pth", 288, 288)),
            small(3, 1.2, 1.4, 0.3, 300, 12_233_232, bicubic("efficientnet_b3_rwightman-b3899882.pth", 320, 300)),
            small(4, 1.4, 1.8, 0.4, 380, 19_341_616, bicubic("efficientnet_b4_rwightman-23ab8bcd.pth", 384, 380)),
            large(5, 1.6, 2.2, 0.4, 456, 30_389_784, bicubic("efficientnet_b5_lukemelas-1a07897c.pth", 456, 456)),
            large(6, 1.8, 2.6, 0.5, 528, 43_040_704, bicubic("efficientnet_b6_lukemelas-24a108a5.pth", 528, 528)),
            large(7, 2.0, 3.1, 0.5, 600, 66_347_960, bicubic("efficientnet_b7_lukemelas-c5b4e57e.pth", 600, 600)));

    private EfficientNets() {}

    /** Returns all of them, smallest first. */
    public static List<Architecture> all() {
        return ALL;
    }

    private static Architecture small(
            int index,
            double width,
            double depth,
            double dropout,
            int imageSize,
            long parameters,
            ImageNetWeights... weights) {
        Scaling scaling = new Scaling(width, depth, BatchNorm.Constants.DEFAULT);
        return new Scaled(traits(index, dropout, imageSize, parameters, weights), scaling);
    }

    private static Architecture large(
            int index,
            double width,
            double depth,
            double dropout,
            int imageSize,
            long parameters,
            ImageNetWeights... weights) {
        Scaling scaling = new Scaling(width, depth, LARGE_BATCH_NORM);
        return new Scaled(traits(index, dropout, imageSize, parameters, weights), scaling);
    }

    private static VisionArchitecture.Traits traits(
            int index, double dropout, int imageSize, long parameters, ImageNetWeights... weights) {
        return new VisionArchitecture.Traits(
                "efficientnet_b" + index,
                parameters,
                imageSize,
                dropout,
                STOCHASTIC_DEPTH,
                SHRINKING,
                List.of(weights));
    }

    private static ImageNetWeights bicubic(String file, int resize, int crop) {
        return new ImageNetWeights(file, resizeAndCrop(resize, BICUBIC, crop));
    }

    private static final class Scaled extends VisionArchitecture {
        private final Scaling scaling;

        Scaled(Traits traits, Scaling scaling) {
            super(traits);
            this.scaling = scaling;
        }

        @Override
        public Network build(ModelSpec spec, @Nullable RowShape rows, NDManager manager) {
            return new EfficientNet(manager, replacesLastLayer(spec), scaling, spec.dropout(), spec.stochasticDepth());
        }
    }
}

package org.initlab.training.network.mobilenet;

import static org.initlab.training.spec.ImageTransform.resizeAndCrop;
import static org.initlab.training.spec.Interpolation.BILINEAR;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.initlab.training.network.Architecture;
import org.initlab.training.network.ImageNetWeights;
import org.initlab.training.network.Network;
import org.initlab.training.network.vision.VisionArchitecture;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.RowShape;
import org.jspecify.annotations.Nullable;

/**
 * {@code mobilenet_v3_small} and {@code mobilenet_v3_large} as torchvision has them: Howard et al., "Searching for
 * MobileNetV3" (2019).
 */
public final class MobileNets {
    private static final int IMAGE_SIZE = 224;
    private static final double DROPOUT = 0.2;
    private static final VisionArchitecture.Shrinking SHRINKING = VisionArchitecture.Shrinking.padded(32);

    private static final List<Bottleneck> SMALL = List.of(
            relu(3, 16, 16, 16, true, 2),
            relu(3, 16, 72, 24, false, 2),
            relu(3, 24, 88, 24, false, 1),
            hard(5, 24, 96, 40, true, 2),
            hard(5, 40, 240, 40, true, 1),
            hard(5, 40, 240, 40, true, 1),
            hard(5, 40, 120, 48, true, 1),
            hard(5, 48, 144, 48, true, 1),
            hard(5, 48, 288, 96, true, 2),
            hard(5, 96, 576, 96, true, 1),
            hard(5, 96, 576, 96, true, 1));

    private static final List<Bottleneck> LARGE = List.of(
            relu(3, 16, 16, 16, false, 1),
            relu(3, 16, 64, 24, false, 2),
            relu(3, 24, 72, 24, false, 1),
            relu(5, 24, 72, 40, true, 2),
            relu(5, 40, 120, 40, true, 1),
            relu(5, 40, 120, 40, true, 1),
            hard(3, 40, 240, 80, false, 2),
            hard(3, 80, 200, 80, false, 1),
            hard(3, 80, 184, 80, false, 1),
            hard(3, 80, 184, 80, false, 1),
            hard(3, 80, 480, 112, true, 1),
            hard(3, 112, 672, 112, true, 1),
            hard(5, 112, 672, 160, true, 2),
            hard(5, 160, 960, 160, true, 1),
            hard(5, 160, 960, 160, true, 1));

    private static final List<Architecture> ALL = List.of(
            mobileNet("mobilenet_v3_small", 2_542_856, SMALL, 1024, weights("mobilenet_v3_small-047dcff4.pth", 256)),
            mobileNet(
                    "mobilenet_v3_large",
                    5_483_032,
                    LARGE,
                    1280,
                    weights("mobilenet_v3_large-5c1a4163.pth", 232),
                    weights("mobilenet_v3_large-8738ca79.pth", 256)));

    private MobileNets() {}

    /** Returns both, the smaller first. */
    public static List<Architecture> all() {
        return ALL;
    }

    private static Bottleneck relu(int kernel, int inputs, int expanded, int outputs, boolean gated, int stride) {
        return new Bottleneck(kernel, inputs, expanded, outputs, gated, false, stride);
    }

    private static Bottleneck hard(int kernel, int inputs, int expanded, int outputs, boolean gated, int stride) {
        return new Bottleneck(kernel, inputs, expanded, outputs, gated, true, stride);
    }

    private static Architecture mobileNet(
            String name, long parameters, List<Bottleneck> blocks, int hidden, ImageNetWeights... weights) {
        return new OfBlocks(
                new VisionArchitecture.Traits(name, parameters, IMAGE_SIZE, DROPOUT, null, SHRINKING, List.of(weights)),
                blocks,
                hidden);
    }

    private static ImageNetWeights weights(String file, int resize) {
        return new ImageNetWeights(file, resizeAndCrop(resize, BILINEAR, IMAGE_SIZE));
    }

    private static final class OfBlocks extends VisionArchitecture {
        private final List<Bottleneck> blocks;
        private final int hidden;

        OfBlocks(Traits traits, List<Bottleneck> blocks, int hidden) {
            super(traits);
            this.blocks = blocks;
            this.hidden = hidden;
        }

        @Override
        public Network build(ModelSpec spec, @Nullable RowShape rows, NDManager manager) {
            return new MobileNetV3(manager, replacesLastLayer(spec), blocks, hidden, spec.dropout());
        }
    }
}

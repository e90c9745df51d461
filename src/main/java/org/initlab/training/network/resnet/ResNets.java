package org.initlab.training.network.resnet;

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
 * {@code resnet18}, {@code resnet34} and {@code resnet50} as torchvision has them: He et al., "Deep Residual Learning for Image
 * Recognition" (2016).
 */
public final class ResNets {
    private static final int IMAGE_SIZE = 224;
    private static final VisionArchitecture.Shrinking SHRINKING = VisionArchitecture.Shrinking.padded(32);

    private static final List<Architecture> ALL = List.of(
            resNet("resnet18", false, List.of(2, 2, 2, 2), 11_689_512, weights("resnet18-f37072fd.pth", 256)),
            resNet("resnet34", false, List.of(3, 4, 6, 3), 21_797_672, weights("resnet34-b627a593.pth", 256)),
            resNet(
                    "resnet50",
                    true,
                    List.of(3, 4, 6, 3),
                    25_557_032,
                    weights("resnet50-11ad3fa6.pth", 232),
                    weights("resnet50-0676ba61.pth", 256)));

    private ResNets() {}

    /** Returns all of them, smallest first. */
    public static List<Architecture> all() {
        return ALL;
    }

    private static Architecture resNet(
            String name, boolean bottlenecks, List<Integer> blocks, long parameters, ImageNetWeights... weights) {
        return new OfBlocks(
                new VisionArchitecture.Traits(name, parameters, IMAGE_SIZE, null, null, SHRINKING, List.of(weights)),
                bottlenecks,
                blocks);
    }

    private static ImageNetWeights weights(String file, int resize) {
        return new ImageNetWeights(file, resizeAndCrop(resize, BILINEAR, IMAGE_SIZE));
    }

    private static final class OfBlocks extends VisionArchitecture {
        private final boolean bottlenecks;
        private final List<Integer> blocks;

        OfBlocks(Traits traits, boolean bottlenecks, List<Integer> blocks) {
            super(traits);
            this.bottlenecks = bottlenecks;
            this.blocks = blocks;
        }

        @Override
        public Network build(ModelSpec spec, @Nullable RowShape rows, NDManager manager) {
            return new ResNet(manager, replacesLastLayer(spec), bottlenecks, blocks);
        }
    }
}

package org.initlab.training.network.vision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.initlab.training.network.Architecture;
import org.initlab.training.network.ImageNetWeights;
import org.initlab.training.network.SpecFault;
import org.initlab.training.spec.FeatureShape;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.RowShape;
import org.jspecify.annotations.Nullable;

/** What torchvision's classifiers have in common: they take square images, shrink them to maps, and average those globally. */
public abstract class VisionArchitecture implements Architecture {
    /** The classes of ImageNet. */
    public static final int CLASSES = 1000;

    private static final String NONE = "none";
    private static final String IMAGENET = "imagenet";

    private final Traits traits;

    /**
     * The numbers of one architecture.
     *
     * @param name torchvision's name
     * @param parameters the number of learnt values, with 1000 classes
     * @param imageSize height and width in pixels of its own images: the crop of its IMAGENET1K_V1 preset
     * @param dropout the classifier's rate, in [0, 1); {@code null} if there is none
     * @param stochasticDepth the rate of the last residual block, in [0, 1); {@code null} if there is none
     * @param shrinking how the network makes small maps of large images
     * @param imageNetWeights torchvision's weights, its default first
     */
    public record Traits(
            String name,
            long parameters,
            int imageSize,
            @Nullable Double dropout,
            @Nullable Double stochasticDepth,
            Shrinking shrinking,
            List<ImageNetWeights> imageNetWeights) {}

    /**
     * How height and width become smaller.
     *
     * @param stride the factor by which the network divides them
     * @param padded whether borders are padded, so that any image leaves a pixel; else it takes {@code stride} pixels
     * @param batchNorm whether BatchNorm sees the smallest maps
     */
    public record Shrinking(int stride, boolean padded, boolean batchNorm) {

        /** Of convolutions with padding, and BatchNorm. */
        public static Shrinking padded(int stride) {
            return new Shrinking(stride, true, true);
        }

        /** Of patches that don't overlap, without BatchNorm. */
        public static Shrinking unpadded(int stride) {
            return new Shrinking(stride, false, false);
        }

        int smallestImage() {
            return padded ? 1 : stride;
        }

        /** If the last maps have one pixel, BatchNorm sees one value per row. */
        int smallestBatch(int imageSize) {
            return batchNorm && imageSize <= stride ? 2 : 1;
        }
    }

    protected VisionArchitecture(Traits traits) {
        this.traits = traits;
    }

    @Override
    public final String name() {
        return traits.name();
    }

    @Override
    public final Long parameters() {
        return traits.parameters();
    }

    @Override
    public final List<ImageNetWeights> imageNetWeights() {
        return traits.imageNetWeights();
    }

    @Override
    public final ModelSpec defaults() {
        return new ModelSpec(name(), NONE, traits.imageSize(), traits.dropout(), traits.stochasticDepth());
    }

    @Override
    public final List<SpecFault> faults(ModelSpec spec, @Nullable RowShape rows) {
        List<SpecFault> faults = new ArrayList<>();
        if (spec.dropout() != null && traits.dropout() == null) {
            faults.add(new SpecFault("dropout", name() + " has no dropout; leave it out"));
        }
        if (spec.stochasticDepth() != null && traits.stochasticDepth() == null) {
            faults.add(new SpecFault("stochasticDepth", name() + " has no stochastic depth; leave it out"));
        }
        if (spec.hidden() != null) {
            faults.add(new SpecFault("hidden", "only an mlp has hidden layers to choose; leave it out"));
        }
        if (spec.activation() != null) {
            faults.add(new SpecFault("activation", "only an mlp has an activation to choose; leave it out"));
        }
        if (rows instanceof FeatureShape) {
            faults.add(new SpecFault("architecture", name() + " takes images, and the data has none; use mlp"));
        }
        int smallest = traits.shrinking().smallestImage();
        if (spec.imageSize() != null && spec.imageSize() < smallest) {
            faults.add(new SpecFault("imageSize", name() + " takes images of " + smallest + " pixels or more"));
        }
        return faults;
    }

    /**
     * With weights, the image size is theirs; without, it is the data's or as much as the network needs, else the
     * architecture's.
     */
    @Override
    public final ModelSpec resolve(ModelSpec spec, @Nullable RowShape rows) {
        Integer imageSize = spec.imageSize() != null ? spec.imageSize() : ownSize(spec, rows);
        return new ModelSpec(
                spec.architecture(),
                spec.weights(),
                imageSize,
                spec.dropout() != null ? spec.dropout() : traits.dropout(),
                spec.stochasticDepth() != null ? spec.stochasticDepth() : traits.stochasticDepth(),
                spec.head(),
                spec.train(),
                spec.hidden(),
                spec.activation(),
                spec.file());
    }

    private int ownSize(ModelSpec spec, @Nullable RowShape rows) {
        if (spec.weights().equals(NONE) && rows instanceof ImageShape images && images.imageHeight() != null) {
            return Math.max(images.imageHeight(), traits.shrinking().smallestImage());
        }
        return official(spec).map(weights -> weights.transform().crop()).orElse(traits.imageSize());
    }

    /** At the weights' own size their own resize and crop, else a resize to a square. */
    @Override
    public final ImageTransform input(ModelSpec spec) {
        return official(spec)
                .map(ImageNetWeights::transform)
                .filter(preset -> preset.crop() == spec.imageSize())
                .orElseGet(() -> ImageTransform.square(spec.imageSize()));
    }

    private Optional<ImageNetWeights> official(ModelSpec spec) {
        return imageNetWeights().stream()
                .filter(weights ->
                        spec.weights().equals(IMAGENET) || spec.weights().equals(weights.file()))
                .findFirst();
    }

    @Override
    public final boolean isDefinedFor(@Nullable RowShape rows) {
        return true;
    }

    @Override
    public final int smallestTrainingBatch(ModelSpec spec) {
        return spec.trainsOnlyTheHead() ? 1 : traits.shrinking().smallestBatch(spec.imageSize());
    }

    /** Whether the head is in place of the network's last layer. */
    protected static boolean replacesLastLayer(ModelSpec spec) {
        return spec.head() == ModelSpec.Head.REPLACE;
    }

    @Override
    public final String toString() {
        return name();
    }
}

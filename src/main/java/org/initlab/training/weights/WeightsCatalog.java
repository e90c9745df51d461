package org.initlab.training.weights;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.initlab.training.ModelSpec;
import org.initlab.training.data.ImageTransform;

/** The initial weights that a spec can name, and what they ask of the images. */
public final class WeightsCatalog {
    private static final String NONE = "none";
    private static final String IMAGENET = "imagenet";

    private final Path folder;
    private final URI imageNetAddress;

    /**
     * Opens the catalogue.
     *
     * @param folder {@code weights} below {@code initlab.home}
     * @param imageNetAddress the folder to download ImageNet weights from, ending in a slash
     */
    public WeightsCatalog(Path folder, URI imageNetAddress) {
        this.folder = folder;
        this.imageNetAddress = imageNetAddress;
    }

    /**
     * Checks that a spec's weights can be named: {@code none}, {@code imagenet}, or a file that is there.
     *
     * @throws org.initlab.training.TrainingException saying what is wrong with the name
     */
    public void check(ModelSpec model) {
        if (!model.weights().equals(NONE) && !model.weights().equals(IMAGENET)) {
            StateDicts.check(folder, model.weights());
        }
    }

    /** Whether the ImageNet weights of an architecture are here, so that they need no download. */
    public boolean hasImageNet(String architecture) {
        return ImageNetWeights.of(architecture).isIn(folder);
    }

    /**
     * The image size that a model's weights were made for; empty without weights.
     *
     * @param architectureSize the architecture's own, which a file of the user's gets
     */
    public static Optional<Integer> imageSize(ModelSpec model, int architectureSize) {
        return switch (model.weights()) {
            case NONE -> Optional.empty();
            case IMAGENET ->
                Optional.of(ImageNetWeights.of(model.architecture()).transform().crop());
            default -> Optional.of(architectureSize);
        };
    }

    /**
     * How images come to a model's size: by the ImageNet weights' own resize and crop at their own size, else resized
     * to a square.
     *
     * @param model with its image size filled in
     */
    public static ImageTransform transform(ModelSpec model) {
        if (model.weights().equals(IMAGENET)) {
            ImageTransform preset = ImageNetWeights.of(model.architecture()).transform();
            if (preset.crop() == model.imageSize()) {
                return preset;
            }
        }
        return ImageTransform.square(model.imageSize());
    }

    /**
     * Reads a model's weights, downloading them where they are ImageNet's and missing; empty where it has none.
     *
     * @param onProgress called at least once a second while the network is waited for; what it throws ends the work
     * @throws org.initlab.training.TrainingException where they cannot be had or read, with what to do about it
     */
    public Optional<ModelWeights> load(ModelSpec model, Runnable onProgress) {
        return switch (model.weights()) {
            case NONE -> Optional.empty();
            case IMAGENET ->
                Optional.of(ImageNetWeights.of(model.architecture()).load(folder, imageNetAddress, onProgress));
            default -> Optional.of(ModelWeights.of(StateDicts.read(folder, model.weights())));
        };
    }
}

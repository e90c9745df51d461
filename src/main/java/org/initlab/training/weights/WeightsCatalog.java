package org.initlab.training.weights;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.initlab.training.data.ImageTransform;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.TrainingException;

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
     * Checks that a spec's weights can be had: {@code none}, {@code imagenet}, or a file that is there or can be
     * downloaded.
     *
     * @throws TrainingException saying what is wrong with the name
     */
    public void check(ModelSpec model) {
        Optional<ImageNetWeights> official = official(model);
        if (official.isEmpty() && !model.weights().equals(NONE)) {
            StateDicts.check(folder, model.weights());
        }
        official.filter(weights -> !weights.architecture().equals(model.architecture()))
                .ifPresent(weights -> {
                    throw new TrainingException(
                            weights.file() + " holds " + weights.architecture() + ", not " + model.architecture());
                });
    }

    /** The weights file of the user's that a model needs and that is not here, as a user knows it. */
    public Optional<String> missing(ModelSpec model) {
        boolean none = model.weights().equals(NONE) || official(model).isPresent();
        return none || Files.isRegularFile(folder.resolve(model.weights()))
                ? Optional.empty()
                : Optional.of("the file " + folder.getFileName() + "/" + model.weights());
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
        if (model.weights().equals(NONE)) {
            return Optional.empty();
        }
        return Optional.of(
                official(model).map(weights -> weights.transform().crop()).orElse(architectureSize));
    }

    /**
     * How images come to a model's size: by torchvision's weights' own resize and crop at their own size, else resized
     * to a square.
     *
     * @param model with its image size filled in
     */
    public static ImageTransform transform(ModelSpec model) {
        return official(model)
                .map(ImageNetWeights::transform)
                .filter(preset -> preset.crop() == model.imageSize())
                .orElseGet(() -> ImageTransform.square(model.imageSize()));
    }

    /**
     * Reads a model's weights, downloading them where they are torchvision's and missing; empty where it has none.
     *
     * @param onProgress called at least once a second while the network is waited for; what it throws ends the work
     * @throws TrainingException where they cannot be had or read, with what to do about it
     */
    public Optional<ModelWeights> load(ModelSpec model, Runnable onProgress) {
        if (model.weights().equals(NONE)) {
            return Optional.empty();
        }
        return Optional.of(official(model)
                .map(weights -> weights.load(folder, imageNetAddress, onProgress))
                .orElseGet(() -> ModelWeights.of(StateDicts.read(folder, model.weights()))));
    }

    /** torchvision's default for {@code imagenet}, or the ones whose file is named. */
    private static Optional<ImageNetWeights> official(ModelSpec model) {
        return model.weights().equals(IMAGENET)
                ? Optional.of(ImageNetWeights.of(model.architecture()))
                : ImageNetWeights.ofFile(model.weights());
    }
}

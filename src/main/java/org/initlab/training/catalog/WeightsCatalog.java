package org.initlab.training.catalog;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.initlab.training.network.Architecture;
import org.initlab.training.network.ImageNetWeights;
import org.initlab.training.network.ModelWeights;
import org.initlab.training.network.NetworkTensors;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.RowShape;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.StateDicts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The initial weights that a spec can name. */
public final class WeightsCatalog {
    private static final String NONE = "none";
    private static final String IMAGENET = "imagenet";

    private static final Logger log = LoggerFactory.getLogger(WeightsCatalog.class);

    private final Path folder;
    private final URI imageNetAddress;
    private final CheckedWeights checked;

    /**
     * Opens the catalogue.
     *
     * @param folder {@code weights} below {@code initlab.home}
     * @param imageNetAddress the folder to download ImageNet weights from, ending in a slash
     */
    public WeightsCatalog(Path folder, URI imageNetAddress) {
        this.folder = folder;
        this.imageNetAddress = imageNetAddress;
        checked = new CheckedWeights(folder);
    }

    /**
     * Checks that a spec's weights can be had: {@code none}, {@code imagenet}, or a file that is there and fits the network, or can
     * be downloaded. Of a file only names and shapes are read.
     *
     * @param model resolved by its architecture
     * @param rows the shape of the data's rows; {@code null} if the data is not known
     * @return what to know before using them, such as a file with two sets of weights that fit
     * @throws TrainingException saying what is wrong with the name or the file
     */
    public Optional<String> check(ModelSpec model, @Nullable RowShape rows) {
        if (model.weights().equals(NONE)) {
            return Optional.empty();
        }
        Optional<Official> official = official(model);
        if (official.isEmpty()) {
            return checkFile(model, rows);
        }
        official.filter(found -> !found.architecture().name().equals(model.architecture()))
                .ifPresent(found -> {
                    throw new TrainingException(found.weights().file() + " holds weights for " + found.architecture()
                            + ", not " + model.architecture());
                });
        return Optional.empty();
    }

    /** Of a network that depends on rows not known yet, the file only has to be there: whether it fits is seen when it is loaded. */
    private Optional<String> checkFile(ModelSpec model, @Nullable RowShape rows) {
        Architecture architecture = architecture(model);
        if (architecture.isDefinedFor(rows)) {
            return checked.check(architecture, model, rows);
        }
        StateDicts.locate(folder, model.weights());
        return Optional.empty();
    }

    /** The user's own weights file that a model needs and that is missing, named as the user knows it. */
    public Optional<String> missing(ModelSpec model) {
        boolean none = model.weights().equals(NONE) || official(model).isPresent();
        return none || Files.isRegularFile(folder.resolve(model.weights()))
                ? Optional.empty()
                : Optional.of("the file " + folder.getFileName() + "/" + model.weights());
    }

    /** Whether these weights are here already and need no download. */
    public boolean has(ImageNetWeights weights) {
        return weights.isIn(folder);
    }

    /**
     * Reads a model's weights, downloading torchvision's if they are missing; empty if it asks for none.
     *
     * @param model resolved by its architecture
     * @param rows the shape of the data's rows
     * @param onProgress called at least once a second while waiting for the network; an exception from it stops the
     *     work
     * @throws TrainingException if they cannot be obtained or read; the message says what to do
     */
    public Optional<ModelWeights> load(ModelSpec model, RowShape rows, Runnable onProgress) {
        if (model.weights().equals(NONE)) {
            return Optional.empty();
        }
        return Optional.of(official(model)
                .map(found -> found.weights().load(folder, imageNetAddress, onProgress))
                .orElseGet(() -> loadFile(model, rows)));
    }

    private ModelWeights loadFile(ModelSpec model, RowShape rows) {
        Architecture architecture = architecture(model);
        checked.check(architecture, model, rows).ifPresent(log::warn);
        Map<String, long[]> names = NetworkTensors.of(architecture, model, rows).byEveryName();
        return new ModelWeights(StateDicts.read(folder, model.weights(), names));
    }

    private static Architecture architecture(ModelSpec model) {
        return NetworkCatalog.named(model.architecture())
                .orElseThrow(() -> new TrainingException("unknown architecture " + model.architecture()));
    }

    /**
     * One of torchvision's files, which a user may also have put into the weights folder by hand, and its architecture.
     */
    private record Official(Architecture architecture, ImageNetWeights weights) {}

    /** torchvision's default for {@code imagenet}, or the weights whose file is named. */
    private static Optional<Official> official(ModelSpec model) {
        if (model.weights().equals(IMAGENET)) {
            return Optional.of(NetworkCatalog.named(model.architecture())
                    .filter(architecture -> !architecture.imageNetWeights().isEmpty())
                    .map(architecture -> new Official(
                            architecture, architecture.imageNetWeights().get(0)))
                    .orElseThrow(() -> new TrainingException(
                            "There are no ImageNet weights for " + model.architecture() + "; use weights none")));
        }
        return NetworkCatalog.all().stream()
                .flatMap(architecture ->
                        architecture.imageNetWeights().stream().map(weights -> new Official(architecture, weights)))
                .filter(found -> found.weights().file().equals(model.weights()))
                .findFirst();
    }
}

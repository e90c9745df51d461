package org.initlab.experiment.web;

import java.util.List;
import org.initlab.experiment.Preset;
import org.initlab.experiment.Presets;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.platform.problem.NotFoundException;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.catalog.NetworkCatalog;
import org.initlab.training.catalog.NetworkFiles;
import org.initlab.training.catalog.WeightsCatalog;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.tables.TablePreview;
import org.initlab.training.network.Architecture;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.TrainingException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What a spec can name. */
@RestController
@ConditionalOnRole(Role.API)
class CatalogController {
    private final Presets presets;
    private final DatasetCatalog datasets;
    private final WeightsCatalog weights;
    private final NetworkFiles networks;

    CatalogController(Presets presets, DatasetCatalog datasets, WeightsCatalog weights, NetworkFiles networks) {
        this.networks = networks;
        this.presets = presets;
        this.datasets = datasets;
        this.weights = weights;
    }

    @GetMapping("/presets")
    List<Preset> presets() {
        return presets.all();
    }

    @GetMapping("/presets/{name}")
    JsonNode preset(@PathVariable String name) {
        return presets.named(name)
                .map(Preset::spec)
                .orElseThrow(() -> new NotFoundException("there is no preset '" + name + "'; GET /presets lists them"));
    }

    @GetMapping("/datasets")
    List<DatasetView> datasets() {
        return datasets.all().stream().map(DatasetView::of).toList();
    }

    @GetMapping("/datasets/table/columns")
    TablePreview columns(@RequestParam String path) {
        try {
            return datasets.preview(path);
        } catch (TrainingException e) {
            throw new InvalidRequestException(e.getMessage());
        }
    }

    @GetMapping("/architectures")
    List<ArchitectureView> architectures() {
        return NetworkCatalog.all().stream()
                .map(architecture -> ArchitectureView.of(architecture, weights, networks))
                .toList();
    }

    /**
     * A data set.
     *
     * @param classNames the classes by their index; empty where they depend on {@code dataset.path}
     * @param defaultPositiveClass null where the classes depend on the path
     * @param imageHeight in pixels; null where the images differ, and of tables
     * @param imageWidth in pixels; null where the images differ, and of tables
     * @param channels 3, or 1 for grey images; null of tables
     * @param trainRows null where the spec or the files decide
     * @param testRows null where the spec or the files decide
     * @param available whether the data is here, so that nothing has to be downloaded or put in place
     * @param location the folder that holds the files, relative to {@code initlab.home}; null where none is needed
     */
    record DatasetView(
            String name,
            List<String> classNames,
            @Nullable PositiveClass defaultPositiveClass,
            Integer imageHeight,
            Integer imageWidth,
            Integer channels,
            Integer trainRows,
            Integer testRows,
            boolean available,
            @Nullable String location) {
        static DatasetView of(DatasetInfo info) {
            ImageShape images = info.shape() instanceof ImageShape shape ? shape : new ImageShape(null, null, null);
            return new DatasetView(
                    info.name(),
                    info.classNames(),
                    info.defaultPositiveClass(),
                    images.imageHeight(),
                    images.imageWidth(),
                    images.channels(),
                    info.trainRows(),
                    info.testRows(),
                    info.available(),
                    info.location());
        }
    }

    /**
     * A backbone.
     *
     * @param parameters of the backbone, without the head; null if they depend on the data
     * @param imageSize in pixels, for the user's own weights if no size is given; null if it sees no images
     * @param dropout the default rate; null if there is none
     * @param stochasticDepth the default rate of the last block; null if there is none
     * @param hidden the default widths of hidden layers; null if there are none to choose
     * @param activation the default after a hidden layer; null if there is none to choose
     * @param imageNet what {@code weights: imagenet} means for it; null if there are no such weights
     * @param module what {@code file} means for it; null if it has no file
     */
    record ArchitectureView(
            String name,
            @Nullable Long parameters,
            Integer imageSize,
            Double dropout,
            Double stochasticDepth,
            @Nullable List<Integer> hidden,
            ModelSpec.@Nullable Activation activation,
            @Nullable ImageNetView imageNet,
            @Nullable ModuleView module) {
        static ArchitectureView of(Architecture architecture, WeightsCatalog weights, NetworkFiles networks) {
            ModelSpec defaults = architecture.defaults();
            return new ArchitectureView(
                    architecture.name(),
                    architecture.parameters(),
                    defaults.imageSize(),
                    defaults.dropout(),
                    defaults.stochasticDepth(),
                    defaults.hidden(),
                    defaults.activation(),
                    architecture.imageNetWeights().stream()
                            .findFirst()
                            .map(official ->
                                    new ImageNetView(official.file(), official.transform(), weights.has(official)))
                            .orElse(null),
                    defaults.runsModule() ? new ModuleView(networks.location(), networks.areAllowed()) : null);
        }
    }

    /**
     * Modules of the user's own.
     *
     * @param location the folder that holds their files, relative to {@code initlab.home}
     * @param allowed whether they may be trained here
     */
    record ModuleView(String location, boolean allowed) {}

    /**
     * An architecture's ImageNet weights.
     *
     * @param file its name, below {@code weights/} in {@code initlab.home}
     * @param available whether it is here already and need not be downloaded
     */
    record ImageNetView(String file, ImageTransform transform, boolean available) {}
}

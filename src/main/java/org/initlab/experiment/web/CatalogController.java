package org.initlab.experiment.web;

import java.util.List;
import org.initlab.experiment.Preset;
import org.initlab.experiment.Presets;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.problem.NotFoundException;
import org.initlab.training.data.DatasetCatalog;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.data.ImageTransform;
import org.initlab.training.model.Architecture;
import org.initlab.training.weights.ImageNetWeights;
import org.initlab.training.weights.WeightsCatalog;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What a spec can name. */
@RestController
@ConditionalOnRole(Role.API)
class CatalogController {
    private final Presets presets;
    private final DatasetCatalog datasets;
    private final WeightsCatalog weights;

    CatalogController(Presets presets, DatasetCatalog datasets, WeightsCatalog weights) {
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
    List<DatasetInfo> datasets() {
        return datasets.all();
    }

    @GetMapping("/architectures")
    List<ArchitectureView> architectures() {
        return Architecture.all().stream()
                .map(architecture -> ArchitectureView.of(architecture, weights))
                .toList();
    }

    /**
     * A backbone.
     *
     * @param parameters of the backbone, without the head
     * @param imageSize in pixels, for weights of the user's own where no size is named
     * @param dropout the default rate
     * @param stochasticDepth the default rate of the last block
     * @param imageNet what {@code weights: imagenet} means for it
     */
    record ArchitectureView(
            String name,
            long parameters,
            int imageSize,
            double dropout,
            double stochasticDepth,
            ImageNetView imageNet) {
        static ArchitectureView of(Architecture architecture, WeightsCatalog weights) {
            ImageNetWeights official = ImageNetWeights.of(architecture.name());
            return new ArchitectureView(
                    architecture.name(),
                    architecture.parameters(),
                    architecture.imageSize(),
                    architecture.dropout(),
                    architecture.stochasticDepth(),
                    new ImageNetView(official.file(), official.transform(), weights.hasImageNet(architecture.name())));
        }
    }

    /**
     * An architecture's ImageNet weights.
     *
     * @param file its name, below {@code weights/} in {@code initlab.home}
     * @param available whether it is there, so that it need not be downloaded
     */
    record ImageNetView(String file, ImageTransform transform, boolean available) {}
}

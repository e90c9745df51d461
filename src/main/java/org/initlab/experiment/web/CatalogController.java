package org.initlab.experiment.web;

import java.util.List;
import org.initlab.experiment.Preset;
import org.initlab.experiment.Presets;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.problem.NotFoundException;
import org.initlab.training.data.DatasetCatalog;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.model.Architecture;
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

    CatalogController(Presets presets, DatasetCatalog datasets) {
        this.presets = presets;
        this.datasets = datasets;
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
        return Architecture.all().stream().map(ArchitectureView::of).toList();
    }

    /**
     * A backbone.
     *
     * @param parameters of the backbone, without the head
     * @param imageSize in pixels, where weights are named and no size is
     * @param dropout the default rate
     * @param stochasticDepth the default rate of the last block
     */
    record ArchitectureView(String name, long parameters, int imageSize, double dropout, double stochasticDepth) {
        static ArchitectureView of(Architecture architecture) {
            return new ArchitectureView(
                    architecture.name(),
                    architecture.parameters(),
                    architecture.imageSize(),
                    architecture.dropout(),
                    architecture.stochasticDepth());
        }
    }
}

package org.initlab.results;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.initlab.analysis.PublishedCurve;
import org.initlab.experiment.ExperimentSpec;
import org.initlab.experiment.Preset;
import org.initlab.experiment.Presets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What others published, for experiments that repeat theirs: {@code published/NAME.json} is of the presets {@code NAME_…}. */
@Component
class PublishedResults {
    private final Presets presets;
    private final Map<String, JsonNode> published = new LinkedHashMap<>();

    PublishedResults(Presets presets, JsonMapper json, @Value("classpath:published/*.json") Resource[] files) {
        this.presets = presets;
        for (Resource file : files) {
            try (InputStream in = file.getInputStream()) {
                published.put(String.valueOf(file.getFilename()).replaceFirst("\\.json$", "_"), json.readTree(in));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Published curves.
     *
     * @param preset the preset that repeats them
     * @param source where they come from
     * @param arms by label
     */
    record Reference(String preset, String source, Map<String, PublishedCurve> arms) {}

    /** The published curves for a spec that differs from a preset only in its name, seed, number of trials and the like. */
    Optional<Reference> of(ExperimentSpec spec) {
        return presets.all().stream()
                .filter(preset -> curves(preset).isPresent())
                .filter(preset -> essence(presets.resolved(preset)).equals(essence(spec)))
                .findFirst()
                .map(this::reference);
    }

    /** The name of the file that a preset's published curves are in. */
    private Optional<String> family(Preset preset) {
        return published.keySet().stream()
                .filter(name -> preset.name().startsWith(name))
                .findFirst();
    }

    private Optional<JsonNode> curves(Preset preset) {
        return family(preset).flatMap(name -> published
                .get(name)
                .optional(preset.name().substring(name.length()).replace("_as_published", "")));
    }

    /** What the means over many trials depend on. */
    private static List<Object> essence(ExperimentSpec spec) {
        return List.of(spec.dataset(), spec.model(), spec.biasInits(), spec.training(), spec.evaluation());
    }

    private Reference reference(Preset preset) {
        Map<String, PublishedCurve> arms = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> arm : curves(preset).orElseThrow().properties()) {
            if (arm.getValue().isObject()) {
                arms.put(
                        arm.getKey(),
                        new PublishedCurve(
                                numbers(arm.getValue().required("loss")),
                                numbers(arm.getValue().required("rocAuc"))));
            }
        }
        String source =
                published.get(family(preset).orElseThrow()).required("source").asString();
        return new Reference(preset.name(), source, arms);
    }

    private static double[] numbers(JsonNode array) {
        return array.valueStream()
                .mapToDouble(value -> value.isNull() ? Double.NaN : value.asDouble())
                .toArray();
    }
}

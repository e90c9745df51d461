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
import org.initlab.experiment.Presets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the reference experiment's author published, for experiments that repeat it. */
@Component
class PublishedResults {
    private static final String PRESETS = "reference_";

    private final Presets presets;
    private final JsonNode published;

    PublishedResults(Presets presets, JsonMapper json, @Value("classpath:published/reference.json") Resource file) {
        this.presets = presets;
        try (InputStream in = file.getInputStream()) {
            published = json.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    /** The published curves for a spec that differs from a reference preset only in its name, seed, number of trials and the like. */
    Optional<Reference> of(ExperimentSpec spec) {
        return presets.all().stream()
                .filter(preset -> preset.name().startsWith(PRESETS))
                .filter(preset -> essence(presets.resolved(preset)).equals(essence(spec)))
                .findFirst()
                .map(preset -> reference(preset.name()));
    }

    /** What the means over many trials depend on. */
    private static List<Object> essence(ExperimentSpec spec) {
        return List.of(spec.dataset(), spec.model(), spec.biasInits(), spec.training(), spec.evaluation());
    }

    private Reference reference(String preset) {
        String experiment = preset.replace(PRESETS, "").replace("_as_published", "");
        Map<String, PublishedCurve> arms = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> arm : published.required(experiment).properties()) {
            if (arm.getValue().isObject()) {
                arms.put(
                        arm.getKey(),
                        new PublishedCurve(
                                numbers(arm.getValue().required("loss")),
                                numbers(arm.getValue().required("rocAuc"))));
            }
        }
        return new Reference(preset, published.required("source").asString(), arms);
    }

    private static double[] numbers(JsonNode array) {
        return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }
}

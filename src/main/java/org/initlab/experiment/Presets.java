package org.initlab.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.initlab.platform.json.RecordBinder;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ready-made specs, one JSON file each in {@code presets/} on the class path. */
@Component
public class Presets {
    private static final String STUDY = "study";

    private final List<Preset> all;
    private final RecordBinder binder;
    private final SpecResolver resolver;

    Presets(JsonMapper json, RecordBinder binder, SpecResolver resolver) {
        this.binder = binder;
        this.resolver = resolver;
        try {
            Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath:presets/*.json");
            all = Stream.of(files)
                    .map(file -> read(file, json))
                    .sorted((one, other) -> one.name().compareTo(other.name()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Preset read(Resource file, JsonMapper json) {
        try (InputStream in = file.getInputStream()) {
            JsonNode preset = json.readTree(in);
            String name = String.valueOf(file.getFilename()).replaceFirst("\\.json$", "");
            Preset.Kind kind =
                    preset.path("kind").asString("").equals(STUDY) ? Preset.Kind.STUDY : Preset.Kind.EXPERIMENT;
            return new Preset(name, kind, preset.required("description").asString(), preset.required("spec"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Preset> all() {
        return all;
    }

    /** The spec of an experiment's preset with every default filled in. */
    public ExperimentSpec resolved(Preset preset) {
        byte[] json = preset.spec().toString().getBytes(StandardCharsets.UTF_8);
        return resolver.resolve(binder.read(json, ExperimentSpec.class)).spec();
    }

    public Optional<Preset> named(String name) {
        return all.stream().filter(preset -> preset.name().equals(name)).findFirst();
    }
}

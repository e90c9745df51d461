package org.initlab.platform.json;

import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Finds which variant of a sealed interface an object is. */
final class VariantReader {
    private final Findings findings;

    VariantReader(Findings findings) {
        this.findings = findings;
    }

    /**
     * The record to read an object into.
     *
     * <p>Where its type is missing or wrong, this is the one that fits its fields best, so that their faults are told
     * together with the type's.
     */
    Class<? extends Record> typeOf(JsonNode object, Variants variants, JsonPointer at) {
        Optional<Class<? extends Record>> type = named(object, variants, at.appendProperty(variants.property()));
        Set<String> known = variants.fields();
        if (type.isEmpty()) {
            findings.unknownFields(object, at, known, known);
            return standIn(object, variants, at);
        }
        Set<String> own = variants.fields(type.get());
        findings.unknownFields(object, at, known, own);
        object.forEachEntry((name, value) -> {
            if (known.contains(name) && !own.contains(name) && !value.isNull()) {
                findings.fault(at.appendProperty(name), "only applies to the " + variants.owners(name));
            }
        });
        return type.get();
    }

    private Optional<Class<? extends Record>> named(JsonNode object, Variants variants, JsonPointer at) {
        if (!object.hasNonNull(variants.property())) {
            if (variants.usual().isEmpty()) {
                findings.fault(at, "is required: " + variants.choice());
            }
            return variants.usual();
        }
        try {
            return variants.named(Scalars.oneOf(variants.names(), object.get(variants.property())));
        } catch (Scalars.FaultyValue e) {
            findings.fault(at, e.getMessage());
            return Optional.empty();
        }
    }

    /** What the stand-in requires and the object lacks is no fault. */
    private Class<? extends Record> standIn(JsonNode object, Variants variants, JsonPointer at) {
        Class<? extends Record> type = variants.best(object);
        variants.fields(type).stream()
                .filter(name -> !object.hasNonNull(name))
                .forEach(name -> findings.leaveUnjudged(at.appendProperty(name)));
        return type;
    }
}

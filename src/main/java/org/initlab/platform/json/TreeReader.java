package org.initlab.platform.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.initlab.platform.problem.Fault;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Builds records from one JSON tree; a faulty value becomes a fault and {@code null}, so that the rest is read too. */
final class TreeReader {
    private final ObjectMapper mapper;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<JsonPointer, List<Integer>> indexes = new HashMap<>();
    private final Set<String> unjudged = new HashSet<>();

    TreeReader(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    List<Fault> faults() {
        return faults;
    }

    /** The index in the document of a list's element, as faulty elements are left out of the list. */
    int documentIndex(JsonPointer list, int index) {
        return indexes.get(list).get(index);
    }

    /** Whether a constraint says nothing here: of a list without its faulty elements, or a field that may not be needed. */
    boolean isUnjudged(String pointer) {
        return unjudged.contains(pointer);
    }

    <T> T record(JsonNode node, Class<T> type, JsonPointer at) {
        if (!node.isObject()) {
            fault(at, "must be an object, not " + Scalars.kind(node));
            return null;
        }
        List<String> known = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        unknownFields(node, known, known, at);
        return fields(node, type, at);
    }

    /** As the record of the type that is named. */
    private Object variant(JsonNode node, Variants variants, JsonPointer at) {
        if (!node.isObject()) {
            fault(at, "must be an object, not " + Scalars.kind(node));
            return null;
        }
        Optional<Class<? extends Record>> chosen = chosen(node, variants, at);
        Set<String> others = variants.fields();
        Set<String> known = chosen.map(variants::fields).orElseGet(variants::fields);
        unknownFields(node, known, others, at);
        chosen.ifPresent(type -> node.forEachEntry((name, value) -> {
            if (!known.contains(name) && others.contains(name) && !value.isNull()) {
                fault(at.appendProperty(name), "only applies to the " + variants.owners(name));
            }
        }));
        return fields(node, chosen.orElseGet(() -> standIn(node, variants, at)), at);
    }

    private Optional<Class<? extends Record>> chosen(JsonNode node, Variants variants, JsonPointer parent) {
        JsonPointer at = parent.appendProperty(variants.property());
        if (node.hasNonNull(variants.property())) {
            return variants.named(name(node.get(variants.property()), variants.names(), at));
        }
        if (variants.usual().isEmpty()) {
            fault(at, "is required: " + variants.choice());
        }
        return variants.usual();
    }

    /** The variant that fits best, so that the faults of its fields are found too; those that it lacks are none. */
    private Class<? extends Record> standIn(JsonNode node, Variants variants, JsonPointer at) {
        Class<? extends Record> best = variants.best(node);
        variants.fields(best).stream()
                .filter(name -> !node.hasNonNull(name))
                .forEach(name -> unjudged.add(at.appendProperty(name).toString()));
        return best;
    }

    private void unknownFields(JsonNode node, Collection<String> listed, Collection<String> known, JsonPointer at) {
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                fault(at.appendProperty(name), "unknown field '" + name + "'; " + Nearest.hint(name, listed));
            }
        }
    }

    private <T> T fields(JsonNode node, Class<T> type, JsonPointer at) {
        Object[] values = Arrays.stream(type.getRecordComponents())
                .map(component -> component(node.get(component.getName()), component, at))
                .toArray();
        return construct(type, values);
    }

    private Object component(JsonNode node, RecordComponent component, JsonPointer parent) {
        if (node == null || node.isNull()) {
            return null;
        }
        JsonPointer at = parent.appendProperty(component.getName());
        JsonFormat format = component.getAccessor().getAnnotation(JsonFormat.class);
        boolean numberAsText = format != null && format.shape() == JsonFormat.Shape.SCALAR;
        return value(node, component.getGenericType(), numberAsText, at);
    }

    private Object value(JsonNode node, Type type, boolean numberAsText, JsonPointer at) {
        if (type instanceof ParameterizedType list) {
            return list(node, list.getActualTypeArguments()[0], at);
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isRecord()) {
            return record(node, raw, at);
        }
        if (Variants.definedBy(raw)) {
            return variant(node, Variants.of(raw), at);
        }
        if (raw.isEnum()) {
            return constant(node, raw, at);
        }
        try {
            return Scalars.read(node, raw, numberAsText);
        } catch (Scalars.FaultyValue e) {
            fault(at, e.getMessage());
            return null;
        }
    }

    private List<Object> list(JsonNode node, Type elementType, JsonPointer at) {
        if (!node.isArray()) {
            fault(at, "must be an array, not " + Scalars.kind(node));
            return null;
        }
        List<Object> elements = new ArrayList<>();
        List<Integer> documentIndexes = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            Object element = value(node.get(i), elementType, false, at.appendIndex(i));
            if (element != null) {
                elements.add(element);
                documentIndexes.add(i);
            }
        }
        indexes.put(at, documentIndexes);
        if (elements.size() < node.size()) {
            unjudged.add(at.toString());
        }
        return elements;
    }

    private Object constant(JsonNode node, Class<?> type, JsonPointer at) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(mapper.convertValue(constant, String.class), constant);
        }
        return constants.get(name(node, constants.keySet(), at));
    }

    /** One of the names, or {@code null}. */
    private String name(JsonNode node, Collection<String> names, JsonPointer at) {
        String name = node.asString("");
        if (node.isString() && names.contains(name)) {
            return name;
        }
        String hint = Nearest.among(name, names)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
        String end = node.isString() ? hint : ", not " + Scalars.kind(node);
        fault(at, "must be one of " + String.join(", ", names) + end);
        return null;
    }

    private void fault(JsonPointer at, String detail) {
        faults.add(new Fault(at.toString(), detail));
    }

    private static <T> T construct(Class<T> type, Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " cannot be made of " + Arrays.toString(values), e);
        }
    }
}

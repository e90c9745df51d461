package org.initlab.platform.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Set<String> incomplete = new HashSet<>();

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

    /** Whether this is a list without its faulty elements, so that its length says nothing. */
    boolean isIncomplete(String pointer) {
        return incomplete.contains(pointer);
    }

    <T> T record(JsonNode node, Class<T> type, JsonPointer at) {
        if (!node.isObject()) {
            fault(at, "must be an object, not " + Scalars.kind(node));
            return null;
        }
        Map<String, RecordComponent> components = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(component.getName(), component);
        }
        for (String name : node.propertyNames()) {
            if (!components.containsKey(name)) {
                String hint = Nearest.hint(name, components.keySet());
                fault(at.appendProperty(name), "unknown field '" + name + "'; " + hint);
            }
        }
        Object[] values = components.values().stream()
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
            incomplete.add(at.toString());
        }
        return elements;
    }

    private Object constant(JsonNode node, Class<?> type, JsonPointer at) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(mapper.convertValue(constant, String.class), constant);
        }
        Object constant = node.isString() ? constants.get(node.asString()) : null;
        if (constant != null) {
            return constant;
        }
        String names = "must be one of " + String.join(", ", constants.keySet());
        String hint = Nearest.among(node.asString(""), constants.keySet())
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
        fault(at, node.isString() ? names + hint : names + ", not " + Scalars.kind(node));
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

package org.initlab.platform.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Builds records from one JSON tree; a faulty value becomes a finding and {@code null}, so that the rest is read too. */
final class TreeReader {
    private final ObjectMapper mapper;
    private final Findings findings;

    TreeReader(ObjectMapper mapper, Findings findings) {
        this.mapper = mapper;
        this.findings = findings;
    }

    <T> T record(JsonNode node, Class<T> type, JsonPointer at) {
        if (!isObject(node, at)) {
            return null;
        }
        List<String> known = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        findings.unknownFields(node, at, known, known);
        return fields(node, type, at);
    }

    private Object variant(JsonNode node, Variants variants, JsonPointer at) {
        return isObject(node, at) ? fields(node, new VariantReader(findings).typeOf(node, variants, at), at) : null;
    }

    private boolean isObject(JsonNode node, JsonPointer at) {
        if (!node.isObject()) {
            findings.fault(at, "must be an object, not " + Scalars.kind(node));
        }
        return node.isObject();
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
        JsonFormat format = component.getAccessor().getAnnotation(JsonFormat.class);
        boolean numberAsText = format != null && format.shape() == JsonFormat.Shape.SCALAR;
        return value(node, component.getGenericType(), numberAsText, parent.appendProperty(component.getName()));
    }

    private Object value(JsonNode node, Type type, boolean numberAsText, JsonPointer at) {
        if (type instanceof ParameterizedType list) {
            return list(node, list.getActualTypeArguments()[0], at);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == JsonNode.class) {
            return node;
        }
        if (NumberOrName.definedBy(raw)) {
            return numberOrName(node, NumberOrName.of(raw), at);
        }
        if (raw.isRecord()) {
            return record(node, raw, at);
        }
        if (Variants.definedBy(raw)) {
            return variant(node, Variants.of(raw), at);
        }
        try {
            return raw.isEnum() ? constant(node, raw) : Scalars.read(node, raw, numberAsText);
        } catch (Scalars.FaultyValue e) {
            findings.fault(at, e.getMessage());
            return null;
        }
    }

    private Object numberOrName(JsonNode node, NumberOrName type, JsonPointer at) {
        findings.scalar(at);
        try {
            return construct(type.record(), type.components(node, constants(type.names())));
        } catch (Scalars.FaultyValue e) {
            findings.fault(at, e.getMessage());
            return null;
        }
    }

    private List<Object> list(JsonNode node, Type elementType, JsonPointer at) {
        if (!node.isArray()) {
            findings.fault(at, "must be an array, not " + Scalars.kind(node));
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
        findings.keep(at, documentIndexes, node.size());
        return elements;
    }

    private Object constant(JsonNode node, Class<?> type) throws Scalars.FaultyValue {
        Map<String, Object> constants = constants(type);
        return constants.get(Scalars.oneOf(constants.keySet(), node));
    }

    private Map<String, Object> constants(Class<?> type) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(mapper.convertValue(constant, String.class), constant);
        }
        return constants;
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

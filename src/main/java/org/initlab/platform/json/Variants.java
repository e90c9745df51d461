package org.initlab.platform.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The records of a sealed interface, told apart by a property of their JSON. Jackson's annotations say which:
 * {@link JsonTypeInfo} on the interface names the property, {@link JsonTypeName} on each record its value, and the
 * {@link JsonProperty#defaultValue()} of the interface's accessor stands for a property that is left out.
 */
public final class Variants {
    private final String property;
    private final Map<String, Class<? extends Record>> records = new LinkedHashMap<>();
    private final String usual;

    private Variants(Class<?> sealed) {
        property = sealed.getAnnotation(JsonTypeInfo.class).property();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            records.put(permitted.getAnnotation(JsonTypeName.class).value(), permitted.asSubclass(Record.class));
        }
        try {
            usual = sealed.getMethod(property).getAnnotation(JsonProperty.class).defaultValue();
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(sealed + " has no accessor of its " + property, e);
        }
    }

    /** Whether a type is a sealed interface whose records are told apart by a property. */
    public static boolean definedBy(Class<?> type) {
        return type.isSealed() && type.isAnnotationPresent(JsonTypeInfo.class);
    }

    /** The variants of such an interface. */
    public static Variants of(Class<?> sealed) {
        return new Variants(sealed);
    }

    /** The property that tells them apart. */
    public String property() {
        return property;
    }

    /** The values of the property, in the order of their declaration. */
    public Collection<String> names() {
        return records.keySet();
    }

    /** The record of a name; empty where none has it. */
    public Optional<Class<? extends Record>> named(String name) {
        return Optional.ofNullable(records.get(name));
    }

    /** The record that is meant where the property is left out; empty where it is required. */
    public Optional<Class<? extends Record>> usual() {
        return named(usual);
    }

    /** The fields of any variant. */
    Set<String> fields() {
        Set<String> all = new LinkedHashSet<>(List.of(property));
        records.values().forEach(type -> all.addAll(components(type)));
        return all;
    }

    /** The fields of one variant. */
    public Set<String> fields(Class<? extends Record> type) {
        Set<String> own = new LinkedHashSet<>(List.of(property));
        own.addAll(components(type));
        return own;
    }

    /** The first of those variants that have the most of an object's fields. */
    Class<? extends Record> best(JsonNode object) {
        List<Class<? extends Record>> types = new ArrayList<>(records.values());
        return types.stream()
                .max(Comparator.<Class<? extends Record>>comparingLong(type ->
                                components(type).stream().filter(object::has).count())
                        .thenComparing(types::indexOf, Comparator.reverseOrder()))
                .orElseThrow();
    }

    /** Which types have a field: "type constant", or "types adam and adamw". */
    String owners(String field) {
        List<String> owners = records.entrySet().stream()
                .filter(variant -> components(variant.getValue()).contains(field))
                .map(Map.Entry::getKey)
                .toList();
        return property + (owners.size() == 1 ? " " : "s ") + inWords(owners, "and");
    }

    /** The names in words: "sgd, adam or adamw". */
    String choice() {
        return inWords(List.copyOf(names()), "or");
    }

    private static String inWords(List<String> names, String last) {
        int count = names.size();
        return count == 1
                ? names.get(0)
                : String.join(", ", names.subList(0, count - 1)) + " " + last + " " + names.get(count - 1);
    }

    private static List<String> components(Class<? extends Record> type) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}

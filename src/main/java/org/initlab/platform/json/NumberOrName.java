package org.initlab.platform.json;

import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A record that is a number or a name in JSON: its components are a {@link Double} and an enumeration, of which the other
 * is {@code null}, and a {@link JsonValue} method returns the one that it has.
 */
public final class NumberOrName {
    private final Class<? extends Record> type;

    private NumberOrName(Class<? extends Record> type) {
        this.type = type;
    }

    /** Whether a type is such a record. */
    public static boolean definedBy(Class<?> type) {
        return type.isRecord()
                && Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(method -> method.isAnnotationPresent(JsonValue.class));
    }

    /** Describes such a record. */
    public static NumberOrName of(Class<?> type) {
        return new NumberOrName(type.asSubclass(Record.class));
    }

    Class<? extends Record> record() {
        return type;
    }

    /** Returns the component that is the number. */
    public RecordComponent number() {
        return type.getRecordComponents()[0];
    }

    /** Returns the enumeration of the names. */
    public Class<?> names() {
        return type.getRecordComponents()[1].getType();
    }

    /** Reads the two components from a value, of which one is {@code null}. */
    Object[] components(JsonNode node, Map<String, Object> constants) throws Scalars.FaultyValue {
        if (node.isNumber()) {
            return new Object[] {Scalars.read(node, Double.class, false), null};
        }
        Object constant = constants.get(node.stringValue(""));
        if (constant != null) {
            return new Object[] {null, constant};
        }
        String names = constants.keySet().stream().map(name -> "'" + name + "'").collect(Collectors.joining(" or "));
        String end = node.isString() ? hint(node, constants) : ", not " + Scalars.kind(node);
        throw new Scalars.FaultyValue("must be a number or " + names + end);
    }

    private static String hint(JsonNode node, Map<String, Object> constants) {
        return Nearest.among(node.stringValue(), constants.keySet())
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
    }
}

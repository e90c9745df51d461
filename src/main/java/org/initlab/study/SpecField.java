package org.initlab.study;

import static org.initlab.text.Counts.counted;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sets what a pointer points to. */
final class SpecField {
    private SpecField() {}

    /** Where a pointer does not lead; the message says why. */
    static final class NoSuchPlace extends Exception {
        NoSuchPlace(String message) {
            super(message);
        }
    }

    /**
     * Sets a field; objects on the way to it that are missing are made.
     *
     * @param value {@code null} removes the field
     * @throws NoSuchPlace if something else than an object or an array's element is on the way
     */
    static void set(ObjectNode spec, JsonPointer pointer, JsonNode value) throws NoSuchPlace {
        JsonNode at = spec;
        JsonPointer rest = pointer;
        while (!rest.tail().matches()) {
            at = step(at, rest);
            rest = rest.tail();
        }
        if (at instanceof ObjectNode object && value == null) {
            object.remove(rest.getMatchingProperty());
        } else if (at instanceof ObjectNode object) {
            object.set(rest.getMatchingProperty(), value);
        } else if (value != null) {
            element(at, rest);
            ((ArrayNode) at).set(rest.getMatchingIndex(), value);
        }
    }

    private static JsonNode step(JsonNode at, JsonPointer rest) throws NoSuchPlace {
        if (!(at instanceof ObjectNode object)) {
            return element(at, rest);
        }
        String name = rest.getMatchingProperty();
        JsonNode next = object.get(name);
        if (next != null && !next.isNull()) {
            return next;
        }
        if (rest.tail().getMatchingIndex() >= 0) {
            throw new NoSuchPlace("leads into the array '" + name + "', which the base leaves out; write it there");
        }
        return object.putObject(name);
    }

    private static JsonNode element(JsonNode at, JsonPointer rest) throws NoSuchPlace {
        String name = rest.getMatchingProperty();
        if (!(at instanceof ArrayNode array)) {
            throw new NoSuchPlace("leads through a value that has no field '" + name + "'");
        }
        if (rest.getMatchingIndex() < 0 || rest.getMatchingIndex() >= array.size()) {
            throw new NoSuchPlace(
                    "has the index '" + name + "', but the base has " + counted(array.size(), "element") + " there");
        }
        return array.get(rest.getMatchingIndex());
    }
}

package org.initlab.platform.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.initlab.platform.problem.Fault;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** What reading a document has found: its faults, and what constraints have to know of it. */
final class Findings {
    private final List<Fault> faults = new ArrayList<>();
    private final Map<JsonPointer, List<Integer>> indexes = new HashMap<>();
    private final Set<String> unjudged = new HashSet<>();
    private final Set<JsonPointer> scalars = new HashSet<>();

    List<Fault> faults() {
        return faults;
    }

    void fault(JsonPointer at, String detail) {
        faults.add(new Fault(at.toString(), detail));
    }

    /** Tells of the fields that are not known, each with the nearest of the names that are suggested. */
    void unknownFields(JsonNode object, JsonPointer at, Collection<String> known, Collection<String> suggested) {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                fault(at.appendProperty(name), Nearest.unknown("field", name, suggested));
            }
        }
    }

    /** Notes which of a list's elements are left, where faulty ones are left out. */
    void keep(JsonPointer list, List<Integer> documentIndexes, int size) {
        indexes.put(list, documentIndexes);
        if (documentIndexes.size() < size) {
            unjudged.add(list.toString());
        }
    }

    /** The index in the document of a list's element. */
    int documentIndex(JsonPointer list, int index) {
        return indexes.get(list).get(index);
    }

    /** Notes that a record was read from a value without fields, so that its components have no place of their own. */
    void scalar(JsonPointer at) {
        scalars.add(at);
    }

    boolean isScalar(JsonPointer at) {
        return scalars.contains(at);
    }

    /** Notes a place of which constraints are not to be checked. */
    void leaveUnjudged(JsonPointer at) {
        unjudged.add(at.toString());
    }

    /** Whether a broken constraint says nothing here: the length of a list that lacks its faulty elements, for one. */
    boolean isUnjudged(String pointer) {
        return unjudged.contains(pointer);
    }
}

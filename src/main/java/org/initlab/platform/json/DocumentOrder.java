package org.initlab.platform.json;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.initlab.platform.problem.Fault;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Sorts faults as their places follow each other in a document; a place that is missing from it counts as its parent. */
final class DocumentOrder implements Comparator<Fault> {
    private final Map<String, Integer> positions = new HashMap<>();

    DocumentOrder(JsonNode document) {
        number(document, JsonPointer.empty());
    }

    private void number(JsonNode node, JsonPointer pointer) {
        positions.put(pointer.toString(), positions.size());
        node.forEachEntry((name, child) -> number(child, pointer.appendProperty(name)));
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                number(node.get(i), pointer.appendIndex(i));
            }
        }
    }

    @Override
    public int compare(Fault left, Fault right) {
        return Integer.compare(position(left.pointer()), position(right.pointer()));
    }

    private int position(String pointer) {
        Integer position = positions.get(pointer);
        int slash = pointer.lastIndexOf('/');
        return position != null ? position : slash < 0 ? 0 : position(pointer.substring(0, slash));
    }
}

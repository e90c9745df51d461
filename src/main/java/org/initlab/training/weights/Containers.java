package org.initlab.training.weights;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds all dicts of tensors in what a pickle holds, each once, however often and however deep it is there. */
final class Containers {
    private static final int DEEPEST = 4;
    private static final int MOST_VISITED = 10_000;
    private static final int LONGEST_KEY = 128;
    private static final String WAY_OUT = "; save them with torch.save(model.state_dict(), path)";

    private final List<Container<TorchTensor>> found = new ArrayList<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Node> open = new ArrayDeque<>();
    private final Map<String, String> objects = new LinkedHashMap<>();

    private record Node(Object value, String path, int depth) {}

    private Containers() {}

    /**
     * Searches a pickle's value.
     *
     * @return the dicts with a tensor, the outer ones first
     * @throws WeightsFormatException if there is none, with what is there instead
     */
    static List<Container<TorchTensor>> in(Object root) throws WeightsFormatException {
        Containers search = new Containers();
        search.enter(root, "", 0);
        while (!search.open.isEmpty()) {
            search.visit(search.open.remove());
        }
        if (search.found.isEmpty()) {
            throw new WeightsFormatException(search.nothing(root));
        }
        return search.found;
    }

    private void enter(Object value, String path, int depth) {
        boolean container = entries(value) != null || value instanceof List || value instanceof Object[];
        if (container && depth <= DEEPEST && seen.size() < MOST_VISITED && seen.add(value)) {
            open.add(new Node(value, path, depth));
        }
    }

    private static Map<?, ?> entries(Object value) {
        return value instanceof Placeholder subclass ? subclass.items() : value instanceof Map<?, ?> dict ? dict : null;
    }

    private void visit(Node node) {
        Map<?, ?> dict = entries(node.value);
        if (dict != null) {
            visit(dict, node);
            return;
        }
        List<?> values = node.value instanceof List<?> list ? list : List.of((Object[]) node.value);
        for (int i = 0; i < values.size(); i++) {
            enter(values.get(i), below(node, Integer.toString(i)), node.depth + 1);
        }
    }

    private void visit(Map<?, ?> dict, Node node) {
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        Map<String, String> unread = new LinkedHashMap<>();
        dict.forEach((key, value) -> {
            String name = (String) key;
            if (value instanceof TorchTensor tensor) {
                tensors.put(name, tensor);
            } else if (value instanceof Placeholder unknown) {
                unread.put(name, unknown.toString());
            }
            if (name.length() <= LONGEST_KEY) {
                enter(value, below(node, name), node.depth + 1);
            }
        });
        if (tensors.isEmpty()) {
            unread.forEach((name, global) -> objects.putIfAbsent(name, global));
        } else {
            found.add(new Container<>(node.path, tensors, unread));
        }
    }

    private static String below(Node node, String key) {
        return node.path.isEmpty() ? key : node.path + "." + key;
    }

    private String nothing(Object root) {
        if (root instanceof Placeholder object && object.items().isEmpty()) {
            return "it holds a whole object, " + object + ", whose code is not run, and no dict of tensors" + WAY_OUT;
        }
        if (entries(root) == null) {
            return "it does not hold a dict" + WAY_OUT;
        }
        String instead = objects.entrySet().stream()
                .limit(3)
                .map(entry -> entry.getKey() + " is " + entry.getValue())
                .reduce((one, other) -> one + ", " + other)
                .map(list -> " (" + list + ", whose code is not run)")
                .orElse("");
        return "it has no tensors in a dict" + instead + WAY_OUT;
    }
}

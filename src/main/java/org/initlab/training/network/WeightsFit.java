package org.initlab.training.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a file's tensors go into a classifier.
 *
 * @param own the classifier's names of all its tensors by the file's way of spelling them
 * @param head the file's names of the head's tensors, of those in {@code own}
 * @param hasHead whether the file fills the head; if not, the head stays as it is, and what the file has under its
 *     names is left out
 */
record WeightsFit(Map<String, String> own, Set<String> head, boolean hasHead) {

    /**
     * Finds the way in which a file spells a classifier's names.
     *
     * @param network the classifier's shapes, by its own names
     * @param file the file's shapes, by its names
     */
    static WeightsFit of(TensorNames names, Map<String, long[]> network, Map<String, long[]> file) {
        Map<String, String> best = Map.of();
        long most = -1;
        for (Map<String, String> spelling : spellings(names, network)) {
            long known = spelling.keySet().stream().filter(file::containsKey).count();
            if (known > most) {
                best = spelling;
                most = known;
            }
        }
        Map<String, String> own = best;
        Set<String> head = own.keySet().stream()
                .filter(name -> own.get(name).startsWith(names.head()))
                .collect(Collectors.toSet());
        boolean there = head.stream().anyMatch(file::containsKey);
        boolean ofOtherClasses = names.replaces() && head.stream().anyMatch(name -> isOfOtherClasses(file.get(name)));
        return new WeightsFit(own, head, there && !ofOtherClasses);
    }

    /** The classifier's own names by those that a file may have, for each way of spelling. */
    static Iterable<Map<String, String>> spellings(TensorNames names, Map<String, long[]> network) {
        return names.inFiles().stream()
                .map(spelling -> {
                    Map<String, String> own = new LinkedHashMap<>();
                    network.keySet().forEach(name -> spelling.apply(name).ifPresent(inFile -> own.put(inFile, name)));
                    return own;
                })
                .toList();
    }

    /** The head has one class; a network that was trained for others has a row or a bias for each. */
    private static boolean isOfOtherClasses(long[] shape) {
        return shape != null && shape.length > 0 && shape[0] > 1;
    }

    /** Whether the file's tensor of this name is left out. */
    boolean leavesOut(String name) {
        return !hasHead && head.contains(name);
    }
}

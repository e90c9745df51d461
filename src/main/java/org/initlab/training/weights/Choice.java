package org.initlab.training.weights;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The dict of a file that is taken for a network, and what its tensors are called there.
 *
 * @param names the network's names by the file's
 * @param fitting how many tensors the network has by name and shape
 */
record Choice<T extends Shaped>(Container<T> container, Map<String, String> names, long fitting) {
    private static final int LONGEST_NAME = 512;

    /** What torchvision, Lightning and most scripts call a state dict, the likeliest first; then the file's top. */
    private static final List<String> USUAL = List.of("model", "state_dict", "model_state_dict", "");

    private static final Pattern AVERAGE =
            Pattern.compile("(?i)(?:^|[._])(?:ema|swa|avg|averaged?|shadow|teacher)(?:$|[._])");

    /**
     * Takes the dict with most tensors that fit; where two fit equally, the usual names before others, and averages last.
     *
     * @param network shapes by name
     */
    static <T extends Shaped> Chosen<T> of(List<Container<T>> containers, Map<String, long[]> network) {
        WrapperNames wrappers = new WrapperNames(network.keySet());
        List<Choice<T>> ranked = containers.stream()
                .map(container ->
                        of(container, wrappers.strip(container.tensors().keySet()), network))
                .sorted(Comparator.comparingLong((Choice<T> choice) -> -choice.fitting)
                        .thenComparing(Choice::isAverage)
                        .thenComparing(Choice::unusual)
                        .thenComparing(choice -> -choice.names.size()))
                .toList();
        Choice<T> best = ranked.get(0);
        boolean tie = ranked.size() > 1 && best.fitting > 0 && ranked.get(1).fitting == best.fitting;
        return new Chosen<>(
                best,
                tie
                        ? Optional.of("it holds weights that fit both in " + best.place() + " and in "
                                + ranked.get(1).place() + "; the first are used")
                        : Optional.empty());
    }

    /** A choice, and what to tell the user of it. */
    record Chosen<T extends Shaped>(Choice<T> choice, Optional<String> warning) {}

    private static <T extends Shaped> Choice<T> of(
            Container<T> container, Map<String, String> names, Map<String, long[]> network) {
        long fitting = names.entrySet().stream()
                .filter(name ->
                        Arrays.equals(container.tensors().get(name.getKey()).shape(), network.get(name.getValue())))
                .count();
        return new Choice<>(container, names, fitting);
    }

    /** The tensors that are taken, by the file's names. */
    Map<String, T> tensors() {
        Map<String, T> tensors = new LinkedHashMap<>(container.tensors());
        tensors.keySet().retainAll(names.keySet());
        return tensors;
    }

    /** What the file has in place of the network's tensors, by the network's names, which may come after any prefix. */
    Map<String, String> unread(Map<String, long[]> network) {
        Map<String, String> unread = new LinkedHashMap<>();
        container.unread().forEach((name, global) -> {
            String own = name.length() > LONGEST_NAME ? "" : name;
            while (!network.containsKey(own) && own.indexOf('.') >= 0) {
                own = own.substring(own.indexOf('.') + 1);
            }
            if (network.containsKey(own)) {
                unread.put(own, WeightsFile.printable(global));
            }
        });
        return unread;
    }

    private boolean isAverage() {
        return AVERAGE.matcher(container.path()).find();
    }

    private int unusual() {
        int index = USUAL.indexOf(container.path());
        return index < 0 ? USUAL.size() : index;
    }

    private String place() {
        return container.path().isEmpty() ? "its top" : container.path();
    }
}

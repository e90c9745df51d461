package org.initlab.training.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says how a file's tensors differ from a network's. */
public final class Misfit {
    /** One wrong architecture makes hundreds. */
    private static final int SHOWN_FAULTS = 10;

    private static final int SHOWN_NAMES = 3;

    private Misfit() {}

    /**
     * Returns what is missing, unknown and misshapen, with some names of both sides; empty where all fit.
     *
     * @param network shapes by name
     */
    public static Optional<String> of(Map<String, long[]> network, Outline file) {
        List<String> faults = faults(network, file);
        if (faults.isEmpty()) {
            return Optional.empty();
        }
        int more = faults.size() - SHOWN_FAULTS;
        return Optional.of("The weights do not fit the architecture: "
                + String.join("; ", faults.subList(0, Math.min(faults.size(), SHOWN_FAULTS)))
                + (more > 0 ? "; and " + more + " more" : "")
                + ". The file's own names are " + some(file.ownNames()) + "; the network's are "
                + some(network.keySet()));
    }

    private static List<String> faults(Map<String, long[]> network, Outline file) {
        List<String> faults = new ArrayList<>();
        network.forEach((name, shape) -> {
            long[] found = file.shapes().get(name);
            if (found == null && file.unread().containsKey(name)) {
                faults.add(name + " is not a tensor that can be read but "
                        + file.unread().get(name));
            } else if (found == null) {
                faults.add(name + " is missing");
            } else if (!Arrays.equals(found, shape)) {
                faults.add(name + " has shape " + Arrays.toString(found) + " instead of " + Arrays.toString(shape));
            }
        });
        file.shapes().keySet().stream()
                .filter(name -> !network.containsKey(name))
                .forEach(name -> faults.add(name + " is not known"));
        return faults;
    }

    private static String some(Collection<String> names) {
        return names.stream().limit(SHOWN_NAMES).collect(Collectors.joining(", "))
                + (names.size() > SHOWN_NAMES ? ", … (" + names.size() + " in all)" : "");
    }
}

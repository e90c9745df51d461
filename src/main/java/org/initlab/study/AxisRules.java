package org.initlab.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.initlab.platform.problem.Fault;
import tools.jackson.databind.JsonNode;

/** What axes have to be, whatever they point to. */
final class AxisRules {
    private static final String NAME = "/name";

    /** RFC 6901: a tilde only as ~0 or ~1. */
    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)+");

    private AxisRules() {}

    /**
     * What is wrong with axes.
     *
     * @param axes as bound; a pointer or values that did not bind are {@code null}, and their faults are told already
     */
    static List<Fault> faults(List<StudySpec.AxisSpec> axes) {
        List<Fault> faults = new ArrayList<>();
        long points = 1;
        for (int i = 0; i < axes.size(); i++) {
            String at = "/axes/" + i;
            pointerFault(axes, i).ifPresent(detail -> faults.add(new Fault(at + "/pointer", detail)));
            int values = axes.get(i).values() == null ? 0 : axes.get(i).values().size();
            if (values > 0 && values <= Grid.MOST_POINTS) {
                faults.addAll(repeated(axes.get(i).values(), at + "/values"));
                points *= values;
            }
        }
        if (points > Grid.MOST_POINTS) {
            faults.add(new Fault(
                    "/axes", "make a grid of " + points + " points; it may have " + Grid.MOST_POINTS + " at most"));
        }
        return faults;
    }

    private static Optional<String> pointerFault(List<StudySpec.AxisSpec> axes, int index) {
        String pointer = axes.get(index).pointer();
        if (pointer == null) {
            return Optional.empty();
        }
        if (!POINTER.matcher(pointer).matches()) {
            return Optional.of("must be a JSON pointer such as /training/optimizer/learningRate");
        }
        if (pointer.equals(NAME)) {
            return Optional.of("cannot be an axis: the points are named by their values");
        }
        return IntStream.range(0, index)
                .filter(earlier -> axes.get(earlier).pointer() != null)
                .filter(earlier -> overlap(axes.get(earlier).pointer(), pointer))
                .mapToObj(earlier -> "overlaps with " + axes.get(earlier).pointer() + " of /axes/" + earlier
                        + ": no axis may be another or lie within it")
                .findFirst();
    }

    /** Whether one place is the other, or lies within it. */
    static boolean overlap(String one, String other) {
        return (one + "/").startsWith(other + "/") || (other + "/").startsWith(one + "/");
    }

    private static List<Fault> repeated(List<JsonNode> values, String at) {
        List<Fault> faults = new ArrayList<>();
        for (int later = 1; later < values.size(); later++) {
            JsonNode value = values.get(later);
            int place = later;
            IntStream.range(0, later)
                    .filter(earlier -> values.get(earlier).equals(AxisRules::compare, value))
                    .findFirst()
                    .ifPresent(earlier ->
                            faults.add(new Fault(at + "/" + place, "is the same value as " + at + "/" + earlier)));
        }
        return faults;
    }

    /** As numbers, 1 and 1.0 are the same. */
    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }
}

package org.initlab.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.initlab.training.spec.BiasInit;

/**
 * Names the arms by their type, with the parameter where two arms share a type, numbered where they share that too; and
 * says at the end where the head's weights start at 0.
 */
public final class ArmLabels {
    private static final String USUAL_BASELINE = "default";

    private ArmLabels() {}

    /** One label an arm, in their order, all different. */
    public static List<String> of(List<BiasInit> arms) {
        List<String> labels = new ArrayList<>();
        for (BiasInit arm : arms) {
            boolean shared = arms.stream()
                            .filter(other -> other.type().equals(arm.type()))
                            .count()
                    > 1;
            String start = arm.type() + (shared ? parameter(arm) : "");
            String end = arm.headWeights() == null ? "" : "_zero_head";
            String label = start + end;
            for (int number = 2; labels.contains(label); number++) {
                label = start + "_" + number + end;
            }
            labels.add(label);
        }
        return labels;
    }

    /** The arm that the others are compared with unless someone says another: {@code default}, or the first. */
    public static String baseline(List<String> labels) {
        return labels.contains(USUAL_BASELINE) ? USUAL_BASELINE : labels.get(0);
    }

    private static String parameter(BiasInit arm) {
        OptionalDouble given = arm.parameter();
        return given.isPresent() ? "_" + given.getAsDouble() : "";
    }
}

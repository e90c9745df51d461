package org.initlab.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.initlab.training.spec.BiasInit;

/** Names the arms by their type, with the parameter where two arms share a type, numbered where they share that too. */
public final class ArmLabels {
    private ArmLabels() {}

    /** One label an arm, in their order, all different. */
    public static List<String> of(List<BiasInit> arms) {
        List<String> labels = new ArrayList<>();
        for (BiasInit arm : arms) {
            boolean shared = arms.stream()
                            .filter(other -> other.type().equals(arm.type()))
                            .count()
                    > 1;
            String label = arm.type() + (shared ? parameter(arm) : "");
            String unique = label;
            for (int number = 2; labels.contains(unique); number++) {
                unique = label + "_" + number;
            }
            labels.add(unique);
        }
        return labels;
    }

    private static String parameter(BiasInit arm) {
        OptionalDouble given = arm.parameter();
        return given.isPresent() ? "_" + given.getAsDouble() : "";
    }
}

package org.initlab.experiment;

import java.util.ArrayList;
import java.util.List;
import org.initlab.training.spec.BiasInit;

/** Names the arms: by their type, with rate or value where two arms share a type, numbered where they share that too. */
public final class ArmLabels {
    private ArmLabels() {}

    /** One label an arm, in their order, all different. */
    public static List<String> of(List<BiasInit> arms) {
        List<String> labels = new ArrayList<>();
        for (BiasInit arm : arms) {
            boolean shared =
                    arms.stream().filter(other -> other.type() == arm.type()).count() > 1;
            String label = arm.type().wireName() + (shared ? parameter(arm) : "");
            String unique = label;
            for (int number = 2; labels.contains(unique); number++) {
                unique = label + "_" + number;
            }
            labels.add(unique);
        }
        return labels;
    }

    private static String parameter(BiasInit arm) {
        Double given = arm.rate() != null ? arm.rate() : arm.value();
        return given == null ? "" : "_" + given;
    }
}

package org.initlab.analysis.maps;

import java.util.List;
import org.initlab.analysis.picture.Texts;

/**
 * An axis of a map.
 *
 * @param label what varies
 * @param texts its values in a few words, in order
 * @param places where they lie, where there is a line along the axis: numbers, their logarithms, or just their order
 * @param logarithmic whether the places are logarithms
 */
public record MapAxis(String label, List<String> texts, double[] places, boolean logarithmic) {
    public MapAxis {
        label = Texts.printable(label);
        texts = texts.stream().map(Texts::printable).toList();
    }

    int size() {
        return texts.size();
    }

    String title() {
        return logarithmic ? label + " (logarithmic)" : label;
    }
}

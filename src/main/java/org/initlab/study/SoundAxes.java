package org.initlab.study;

import java.util.List;
import java.util.stream.IntStream;
import org.initlab.platform.json.Bound;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The axes of a study that can be set, whatever is wrong with the others.
 *
 * @param grid of their values
 * @param places where each of them is among all axes
 * @param areAll whether these are all that the study needs
 */
record SoundAxes(Grid grid, List<Integer> places, boolean areAll) {

    static SoundAxes of(List<StudySpec.AxisSpec> axes, Bound<StudySpec> study) {
        List<Integer> places = IntStream.range(0, axes.size())
                .filter(place -> !study.isFaulty("/axes/" + place + "/pointer"))
                .filter(place -> isUsable(axes.get(place).values()))
                .boxed()
                .toList();
        return new SoundAxes(
                Grid.of(places.stream().map(axes::get).toList()),
                places,
                !axes.isEmpty() && places.size() == axes.size());
    }

    private static boolean isUsable(@Nullable List<JsonNode> values) {
        return values != null && !values.isEmpty() && values.size() <= Grid.MOST_POINTS;
    }

    /** Each by itself: the values of a grid that is too large can still be checked. */
    List<SoundAxes> oneByOne() {
        return IntStream.range(0, places.size())
                .mapToObj(axis ->
                        new SoundAxes(new Grid(List.of(grid.axes().get(axis))), List.of(places.get(axis)), false))
                .toList();
    }

    /** Where an axis's value is in the study. */
    String pointer(int axis, int value) {
        return "/axes/" + places.get(axis) + "/values/" + value;
    }
}

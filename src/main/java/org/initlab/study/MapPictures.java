package org.initlab.study;

import java.util.List;
import java.util.stream.IntStream;
import org.initlab.analysis.maps.MapAxis;
import org.initlab.analysis.maps.MapCell;
import org.initlab.analysis.maps.MapPicture;
import tools.jackson.databind.JsonNode;

/** Turns a map into a picture. */
public final class MapPictures {
    private static final double LEVEL = 0.05;

    private MapPictures() {}

    /** What to draw. */
    public static MapPicture of(MapView map) {
        return new MapPicture(
                map.name(),
                subtitle(map),
                map.metric(),
                map.axes().stream().map(MapPictures::axis).toList(),
                map.points().stream().map(MapPictures::cell).toList());
    }

    private static String subtitle(MapView map) {
        String arms = map.arm() == null || map.baseline() == null
                ? "an arm minus its baseline"
                : map.arm() + " minus " + map.baseline();
        String when = map.epoch() == null
                ? "the last epoch"
                : map.epoch() == 0 ? "epoch 0, before training" : "epoch " + map.epoch();
        return "Test " + map.metric().title() + " after " + when + ": " + arms;
    }

    private static MapAxis axis(GridAxis axis) {
        boolean logarithmic = axis.scale() == GridAxis.Scale.LOGARITHMIC;
        double[] places = IntStream.range(0, axis.values().size())
                .mapToDouble(value -> place(axis, value))
                .toArray();
        return new MapAxis(axis.label(), axis.texts(), places, logarithmic);
    }

    private static double place(GridAxis axis, int index) {
        JsonNode value = axis.values().get(index);
        return switch (axis.scale()) {
            case NOMINAL -> index;
            case LINEAR -> value.asDouble();
            case LOGARITHMIC -> Math.log(value.asDouble());
        };
    }

    private static MapCell cell(MapView.MapPoint point) {
        List<Integer> indexes = point.indexes();
        Double p = point.tTestPAdjusted();
        return new MapCell(
                indexes,
                point.difference().mean(),
                point.difference().ciLow(),
                point.difference().ciHigh(),
                point.margin(),
                point.verdict(),
                p != null && p < LEVEL,
                point.fraction());
    }
}

package org.initlab.analysis.curves;

import java.util.List;

/**
 * One pair of axes.
 *
 * @param title above it
 * @param xLabel below it
 * @param lines the arms' own
 * @param published drawn faintly behind, in the arms' colours
 * @param constant the constant predictor's level; {@code null} if it is unknown
 * @param most the quantity's largest possible value; its smallest is 0, and no band is shown beyond either
 */
public record Panel(String title, String xLabel, List<Line> lines, List<Line> published, Double constant, double most) {
    boolean isEmpty() {
        return lines.stream().allMatch(line -> line.points().isEmpty());
    }

    boolean isBanded() {
        return lines.stream().flatMap(line -> line.points().stream()).anyMatch(Line.Point::isBanded);
    }
}

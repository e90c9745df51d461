package org.initlab.analysis.curves;

import java.util.List;
import org.initlab.analysis.picture.Theme;
import org.jfree.chart.renderer.xy.DeviationRenderer;

/** Lines with bands, and a marker only at every n-th point, so that markers stay apart when there are many points. */
final class ArmRenderer extends DeviationRenderer {
    private static final int MARKERS = 12;
    private static final float BAND = 0.18f;

    private final int[] every;

    ArmRenderer(List<Line> lines, Theme theme) {
        super(true, true);
        every = lines.stream()
                .mapToInt(line -> Math.max(1, line.points().size() / MARKERS))
                .toArray();
        setAlpha(BAND);
        setDrawOutlines(false);
        for (int series = 0; series < lines.size(); series++) {
            int arm = lines.get(series).index();
            setSeriesPaint(series, ArmStyle.colour(arm, theme));
            setSeriesFillPaint(series, ArmStyle.colour(arm, theme));
            setSeriesStroke(series, ArmStyle.stroke(arm));
            setSeriesShape(series, ArmStyle.marker(arm));
        }
    }

    @Override
    public boolean getItemShapeVisible(int series, int item) {
        // a different offset per arm, so that markers of equal lines do not hide each other
        int offset = series * every[series] / every.length;
        return item % every[series] == offset;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}

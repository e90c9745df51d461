package org.initlab.analysis.curves;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.initlab.analysis.picture.Texts;
import org.initlab.analysis.picture.Theme;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** A panel as a chart. */
final class PanelPlot {
    private static final double MARGIN = 0.05;
    private static final double SIDE = 0.02;
    private static final RectangleInsets ROOMY = new RectangleInsets(7, 4, 7, 4);
    private static final RectangleInsets WIDE = new RectangleInsets(2, 12, 2, 12);

    private PanelPlot() {}

    static JFreeChart chart(Panel panel, Theme theme) {
        XYPlot plot = new XYPlot();
        plot.setDomainAxis(axis(panel.xLabel(), WIDE, theme));
        plot.setRangeAxis(axis(null, ROOMY, theme));
        plot.getDomainAxis().setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        plot.getDomainAxis().setRange(Range.expand(range(panel, Line.Point::x), SIDE, SIDE));
        plot.getRangeAxis().setRange(rangeOfValues(panel));
        plot.setDataset(0, data(panel.published()));
        plot.setRenderer(0, faint(panel.published(), theme));
        plot.setDataset(1, data(panel.lines()));
        plot.setRenderer(1, new ArmRenderer(panel.lines(), theme));
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        if (panel.constant() != null) {
            ValueMarker level = new ValueMarker(panel.constant(), theme.muted(), ArmStyle.constant());
            plot.addRangeMarker(level, Layer.BACKGROUND);
        }
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(theme.grid());
        plot.setRangeGridlinePaint(theme.grid());
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        JFreeChart chart = new JFreeChart(panel.title(), Texts.HEADING, plot, false);
        chart.setBackgroundPaint(null);
        chart.getTitle().setPaint(theme.text());
        chart.setPadding(new RectangleInsets(2, 4, 2, 12));
        return chart;
    }

    private static NumberAxis axis(String label, RectangleInsets aroundTicks, Theme theme) {
        NumberAxis axis = new NumberAxis(label);
        axis.setLabelFont(Texts.PLAIN);
        axis.setTickLabelFont(Texts.PLAIN);
        axis.setTickLabelInsets(aroundTicks);
        axis.setLabelPaint(theme.text());
        axis.setTickLabelPaint(theme.text());
        axis.setAxisLinePaint(theme.muted());
        axis.setTickMarkPaint(theme.muted());
        return axis;
    }

    private static XYLineAndShapeRenderer faint(List<Line> published, Theme theme) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        for (int series = 0; series < published.size(); series++) {
            renderer.setSeriesPaint(series, ArmStyle.faint(published.get(series).index(), theme));
            renderer.setSeriesStroke(series, ArmStyle.published());
            // a single value has no line
            renderer.setSeriesShape(
                    series, ArmStyle.marker(published.get(series).index()));
            renderer.setSeriesShapesVisible(
                    series, published.get(series).points().size() == 1);
        }
        return renderer;
    }

    private static YIntervalSeriesCollection data(List<Line> lines) {
        YIntervalSeriesCollection data = new YIntervalSeriesCollection();
        for (Line line : lines) {
            YIntervalSeries series = new YIntervalSeries(line.arm());
            line.points().forEach(point -> series.add(point.x(), point.mean(), point.low(), point.high()));
            data.addSeries(series);
        }
        return data;
    }

    private static Range rangeOfValues(Panel panel) {
        Range means = range(panel, Line.Point::mean);
        Range bands = Range.combine(range(panel, Line.Point::low), range(panel, Line.Point::high));
        // a band of very few trials can be so wide that nothing else would be visible
        double reach = 2 * means.getLength();
        Range shown = new Range(
                Math.max(0, Math.max(bands.getLowerBound(), means.getLowerBound() - reach)),
                Math.min(panel.most(), Math.min(bands.getUpperBound(), means.getUpperBound() + reach)));
        Range whole = panel.constant() == null ? shown : Range.expandToInclude(shown, panel.constant());
        for (Line line : panel.published()) {
            for (Line.Point point : line.points()) {
                whole = Range.expandToInclude(whole, point.mean());
            }
        }
        return Range.expand(whole, MARGIN, MARGIN);
    }

    private static Range range(Panel panel, ToDoubleFunction<Line.Point> coordinate) {
        double[] sorted = panel.lines().stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(coordinate)
                .sorted()
                .toArray();
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        return low < high ? new Range(low, high) : new Range(low - 0.5, high + 0.5);
    }
}

package org.initlab.analysis.curves;

import java.util.ArrayList;
import java.util.List;
import org.initlab.analysis.ArmCurves;
import org.initlab.analysis.PublishedCurve;
import org.initlab.analysis.Quantity;
import org.initlab.analysis.Summary;

/**
 * An arm's line in a panel.
 *
 * @param arm its label
 * @param index its place among the experiment's arms, which determines its colour, marker and dash
 * @param points by ascending x
 */
public record Line(String arm, int index, List<Point> points) {

    /**
     * A mean and its 95 % interval.
     *
     * @param low the mean itself if there is no interval
     * @param high likewise
     */
    public record Point(double x, double mean, double low, double high) {
        /** With Student's interval; the summary has a mean. */
        public static Point of(double x, Summary summary) {
            boolean banded = summary.ciLow() != null;
            double mean = summary.mean();
            return new Point(x, mean, banded ? summary.ciLow() : mean, banded ? summary.ciHigh() : mean);
        }

        boolean isBanded() {
            return low < high;
        }
    }

    /** An arm's means after each epoch that any of its trials has finished. */
    public static Line of(ArmCurves arm, int index, Quantity quantity) {
        List<Point> points = new ArrayList<>();
        for (int epoch = 0; epoch < arm.epochs(); epoch++) {
            Summary summary = arm.summary(quantity, epoch);
            if (summary.mean() != null) {
                points.add(Point.of(epoch, summary));
            }
        }
        return new Line(arm.arm(), index, points);
    }

    /** Published means, without a band, at the epochs that were published. */
    public static Line of(PublishedCurve published, ArmCurves arm, int index, Quantity quantity) {
        double[] means = published.of(quantity);
        List<Point> points = new ArrayList<>();
        for (int epoch = 0; epoch < means.length; epoch++) {
            if (!Double.isNaN(means[epoch])) {
                points.add(new Point(epoch, means[epoch], means[epoch], means[epoch]));
            }
        }
        return new Line(arm.arm(), index, points);
    }
}

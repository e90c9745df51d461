package org.initlab.analysis;

import java.util.OptionalDouble;

/**
 * What a metric of the baseline loses over time, known after each epoch and interpolated in between.
 *
 * <p>Where the kept training losses measure the same as the metric, it is taken to fall within an epoch as they do: when the
 * antitonic fit of the trials' mean step losses has completed a share of its fall over the epoch, so has the metric. Between two
 * kept steps the fit is linear. If they measure something else, do not fall, or fewer than two were kept, the metric is linear over
 * the epoch.
 */
final class Descent {
    private final double[] values;
    private final BaselineSteps steps;
    private final boolean followsSteps;

    /**
     * Of a metric that falls as it gets better.
     *
     * @param values after each epoch from 0, the mean over the trials
     * @param followsSteps whether the kept training losses measure the same
     */
    Descent(double[] values, BaselineSteps steps, boolean followsSteps) {
        this.values = values;
        this.steps = steps;
        this.followsSteps = followsSteps;
    }

    /** Epochs, including a fraction, until the metric is first at or below a level; empty if it never is. */
    OptionalDouble epochsUntil(double level) {
        for (int epoch = 0; epoch < values.length; epoch++) {
            if (values[epoch] <= level) {
                double share = epoch == 0 ? 0 : (values[epoch - 1] - level) / (values[epoch - 1] - values[epoch]);
                return OptionalDouble.of(epoch == 0 ? 0 : epoch - 1 + fractionWhen(share, epoch));
            }
        }
        return OptionalDouble.empty();
    }

    private double fractionWhen(double share, int epoch) {
        if (!followsSteps) {
            return share;
        }
        StepCurve curve = steps.inEpoch(epoch);
        double[] fit = curve.antitonic();
        int last = fit.length - 1;
        if (last < 1 || fit[0] <= fit[last]) {
            return share;
        }
        double level = fit[0] - share * (fit[0] - fit[last]);
        int next = 1;
        while (next < last && fit[next] > level) {
            next++;
        }
        double between = fit[next - 1] == fit[next] ? 1 : (fit[next - 1] - level) / (fit[next - 1] - fit[next]);
        double step = curve.steps()[next - 1] + between * (curve.steps()[next] - curve.steps()[next - 1]);
        double fraction = step / steps.perEpoch() - (epoch - 1);
        return Math.max(0, Math.min(1, fraction));
    }
}

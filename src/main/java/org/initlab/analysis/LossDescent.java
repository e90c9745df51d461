package org.initlab.analysis;

import java.util.OptionalDouble;

/**
 * The mean test loss of the baseline as a function of time, known after each epoch and interpolated in between.
 *
 * <p>Within an epoch the test loss is assumed to fall from its value before to its value after in step with the
 * training loss: when the antitonic fit of the trials' mean step losses has completed a share of its fall over the
 * epoch, so has the test loss. Between two kept steps the fit is linear. If the step losses are of another kind than the
 * test loss, do not fall, or fewer than two were kept, the test loss is linear over the epoch.
 */
final class LossDescent {
    private final double[] losses;
    private final BaselineSteps steps;

    LossDescent(double[] losses, BaselineSteps steps) {
        this.losses = losses;
        this.steps = steps;
    }

    /** Epochs, including a fraction, until the loss is first at or below a level; empty if it never is. */
    OptionalDouble epochsUntil(double level) {
        for (int epoch = 0; epoch < losses.length; epoch++) {
            if (losses[epoch] <= level) {
                double share = epoch == 0 ? 0 : (losses[epoch - 1] - level) / (losses[epoch - 1] - losses[epoch]);
                return OptionalDouble.of(epoch == 0 ? 0 : epoch - 1 + fractionWhen(share, epoch));
            }
        }
        return OptionalDouble.empty();
    }

    private double fractionWhen(double share, int epoch) {
        if (!steps.areTestLosses()) {
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

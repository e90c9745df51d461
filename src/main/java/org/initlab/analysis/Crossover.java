package org.initlab.analysis;

import java.util.Arrays;

/**
 * When the mean difference of two arms takes its final sign, having had the opposite one before.
 *
 * @param epoch the first epoch from which the mean difference keeps its final sign; {@code null} if it never had the
 *     opposite one
 * @param ciLow lower end of the percentile bootstrap's 95 % interval of that epoch, resampling whole trials;
 *     {@code null} with fewer than two pairs
 * @param ciHigh its upper end; {@code null} if it lies beyond the last epoch
 * @param share the share of resamples whose mean difference has the same final sign
 */
public record Crossover(Integer epoch, Integer ciLow, Integer ciHigh, Double share) {
    private static final Crossover NONE = new Crossover(null, null, null, null);

    static Crossover of(PairedCurves complete, Quantity quantity, Bootstrap bootstrap) {
        int epochs = complete.epochs();
        if (epochs < 2) {
            return NONE;
        }
        double sign = Math.signum(mean(complete, quantity, epochs - 1));
        int epoch = epochs - 1;
        while (epoch > 0 && Math.signum(mean(complete, quantity, epoch - 1)) == sign) {
            epoch--;
        }
        boolean had = false;
        for (int before = 0; before < epoch; before++) {
            had |= Math.signum(mean(complete, quantity, before)) == -sign;
        }
        if (sign == 0 || !had) {
            return NONE;
        }
        return complete.size() < 2
                ? new Crossover(epoch, null, null, null)
                : resampled(epoch, sign, complete, quantity, bootstrap);
    }

    private static Crossover resampled(
            int epoch, double sign, PairedCurves complete, Quantity quantity, Bootstrap bootstrap) {
        int never = complete.epochs();
        int[] crossed = new int[Bootstrap.RESAMPLES];
        Arrays.fill(crossed, never);
        boolean open = true;
        for (int at = never - 1; at >= 0 && open; at--) {
            double[] means = bootstrap.resampledMeans(complete.differences(quantity, at));
            open = false;
            for (int resample = 0; resample < crossed.length; resample++) {
                if (crossed[resample] == at + 1 && Math.signum(means[resample]) == sign) {
                    crossed[resample] = at;
                    open = true;
                }
            }
        }
        Arrays.sort(crossed);
        int tail = (int) (Bootstrap.LOWER_TAIL * crossed.length);
        int low = crossed[tail];
        int high = crossed[crossed.length - 1 - tail];
        double share = Arrays.stream(crossed).filter(at -> at < never).count() / (double) crossed.length;
        return new Crossover(epoch, low == never ? null : (Integer) low, high == never ? null : (Integer) high, share);
    }

    private static double mean(PairedCurves complete, Quantity quantity, int epoch) {
        Double mean = Summary.of(complete.differences(quantity, epoch)).mean();
        return mean == null ? 0 : mean;
    }
}

package org.initlab.run;

import org.initlab.training.EpochResult;

/** One epoch of one run as it is stored and served; what was not finite or not measured is {@code null}. */
public record EpochRow(
        int epoch,
        Double trainLoss,
        Double loss,
        Double rocAuc,
        Double prAuc,
        Double brier,
        Double outputBias,
        Double trainSeconds,
        double evalSeconds,
        Double imagesPerSecond) {

    static EpochRow of(EpochResult result) {
        return new EpochRow(
                result.epoch(),
                finite(result.trainLoss()),
                finite(result.test().loss()),
                result.test().rocAuc(),
                result.test().prAuc(),
                finite(result.test().brier()),
                finite(result.outputBias()),
                result.trainSeconds(),
                result.evalSeconds(),
                finite(result.imagesPerSecond()));
    }

    private static Double finite(Double value) {
        return value == null || !Double.isFinite(value) ? null : value;
    }
}

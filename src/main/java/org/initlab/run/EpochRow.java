package org.initlab.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.initlab.training.EpochResult;
import org.jspecify.annotations.Nullable;

/**
 * One epoch of one run as it is stored and served; a value that is not finite or was not measured is {@code null}.
 *
 * @param objective the training objective on the test split
 * @param meanProbability {@code null} also if a version that did not measure it trained the epoch, like {@code ece}
 * @param distinctScores how many different scores the rows of the test split have; {@code null} as {@code meanProbability}, and if
 *     one is not a number
 * @param undecidedPairs the share of the pairs of a positive and a negative row whose order rounding may have decided; {@code null} as
 *     {@code distinctScores}, and if only one class is present
 * @param rowsPerSecond training rows a second
 * @param imagesPerSecond equal to {@code rowsPerSecond}, for clients that know the older name
 */
public record EpochRow(
        int epoch,
        Double trainLoss,
        Double loss,
        Double rocAuc,
        Double prAuc,
        Double brier,
        Double objective,
        Double meanProbability,
        Double ece,
        Double outputBias,
        Double trainSeconds,
        double evalSeconds,
        Double rowsPerSecond,
        Double imagesPerSecond,
        @Nullable Integer distinctScores,
        @Nullable Double undecidedPairs) {

    static EpochRow of(EpochResult result) {
        return new EpochRow(
                result.epoch(),
                finite(result.trainLoss()),
                finite(result.test().loss()),
                result.test().rocAuc(),
                result.test().prAuc(),
                finite(result.test().brier()),
                finite(result.test().objective()),
                finite(result.test().meanProbability()),
                finite(result.test().ece()),
                finite(result.outputBias()),
                result.trainSeconds(),
                result.evalSeconds(),
                finite(result.rowsPerSecond()),
                finite(result.rowsPerSecond()),
                result.test().distinctScores(),
                result.test().undecidedPairs());
    }

    /** Reads a row that has all columns of the table {@code epoch}. */
    public static EpochRow read(ResultSet rs) throws SQLException {
        return new EpochRow(
                rs.getInt("epoch"),
                rs.getObject("train_loss", Double.class),
                rs.getObject("loss", Double.class),
                rs.getObject("roc_auc", Double.class),
                rs.getObject("pr_auc", Double.class),
                rs.getObject("brier", Double.class),
                rs.getObject("objective", Double.class),
                rs.getObject("mean_probability", Double.class),
                rs.getObject("ece", Double.class),
                rs.getObject("output_bias", Double.class),
                rs.getObject("train_seconds", Double.class),
                rs.getDouble("eval_seconds"),
                rs.getObject("images_per_second", Double.class),
                rs.getObject("images_per_second", Double.class),
                rs.getObject("distinct_scores", Integer.class),
                rs.getObject("undecided_pairs", Double.class));
    }

    private static Double finite(Double value) {
        return value == null || !Double.isFinite(value) ? null : value;
    }
}

package org.initlab.analysis;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** What a verdict is about. */
public enum Criterion {
    @JsonProperty("loss")
    LOSS(Quantity.LOSS, "loss", -1),
    @JsonProperty("objective")
    OBJECTIVE(Quantity.OBJECTIVE, "objective", -1),
    @JsonProperty("rocAuc")
    ROC_AUC(Quantity.ROC_AUC, "ROC-AUC", 1),
    @JsonProperty("prAuc")
    PR_AUC(Quantity.PR_AUC, "average precision", 1);

    private static final double SHARE_OF_ENTROPY = 0.05;
    private static final double OF_AN_AREA = 0.01;

    private final Quantity quantity;
    private final String title;
    private final int better;

    Criterion(Quantity quantity, String title, int better) {
        this.quantity = quantity;
        this.title = title;
        this.better = better;
    }

    Quantity quantity() {
        return quantity;
    }

    /** As it stands in a sentence. */
    public String title() {
        return title;
    }

    /** Whether it is in nats and lower is better; the others are areas. */
    boolean isLoss() {
        return better < 0;
    }

    /** The sign of a difference for the better: −1 where lower is better, 1 where higher is. */
    public int better() {
        return better;
    }

    /**
     * The difference that matters where none is asked for.
     *
     * @param ofStopping by which the experiment may stop early, if it names one: for the loss that is the user's answer already
     * @param testRate the test split's positive rate; {@code null} until it is known
     * @return {@code null} if none is known
     */
    public @Nullable Double usualMargin(@Nullable Double ofStopping, @Nullable Double testRate) {
        return this == LOSS && ofStopping != null ? ofStopping : testRate == null ? null : usualMargin(testRate);
    }

    /**
     * The difference that matters if nobody says another: 5 % of the test split's entropy for losses, 0.01 for areas.
     *
     * @param testRate the test split's positive rate, from 0 to 1
     * @return above 0; {@code null} if the test split has a single class
     */
    public Double usualMargin(double testRate) {
        if (testRate <= 0 || testRate >= 1) {
            return null;
        }
        double entropy = -testRate * Math.log(testRate) - (1 - testRate) * Math.log1p(-testRate);
        return isLoss() ? SHARE_OF_ENTROPY * entropy : OF_AN_AREA;
    }
}

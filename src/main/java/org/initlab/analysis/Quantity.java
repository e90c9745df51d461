package org.initlab.analysis;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is measured on the test split after each epoch. */
public enum Quantity {
    /** Mean binary cross-entropy in nats, whatever was trained. */
    @JsonProperty("loss")
    LOSS("Test loss (nats)", Double.POSITIVE_INFINITY),
    @JsonProperty("rocAuc")
    ROC_AUC("Test ROC-AUC", 1),
    /** Average precision. */
    @JsonProperty("prAuc")
    PR_AUC("Test average precision", 1),
    @JsonProperty("brier")
    BRIER("Test Brier score", 1),
    /** Mean of what training minimises, in nats. */
    @JsonProperty("objective")
    OBJECTIVE("Test objective (nats)", Double.POSITIVE_INFINITY),
    /** Of the positive class. */
    @JsonProperty("meanProbability")
    MEAN_PROBABILITY("Mean probability, test", 1),
    /** Expected calibration error. */
    @JsonProperty("ece")
    ECE("Test calibration error", 1);

    private final String title;
    private final double most;

    Quantity(String title, double most) {
        this.title = title;
        this.most = most;
    }

    /** In a few words, with the unit if there is one. */
    public String title() {
        return title;
    }

    /** Whether it depends only on the order of the scores. */
    boolean ranks() {
        return this == ROC_AUC || this == PR_AUC;
    }

    /** Its largest possible value; the smallest is 0. */
    public double most() {
        return most;
    }
}

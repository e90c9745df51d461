package org.initlab.analysis;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is measured after each epoch. */
public enum Quantity {
    @JsonProperty("loss")
    LOSS,
    @JsonProperty("rocAuc")
    ROC_AUC;

    /** Its value after an epoch; {@code NaN} if it is unknown. */
    double of(TrialCurve trial, int epoch) {
        if (epoch >= trial.epochs()) {
            return Double.NaN;
        }
        return this == LOSS ? trial.loss()[epoch] : trial.rocAuc()[epoch];
    }
}

package org.initlab.training.data.tables;

import java.util.Map;

/** Where to get the tables that presets ask for and that cannot be shipped. */
final class WhereFrom {
    private static final Map<String, String> TABLES = Map.of(
            "creditcard.csv",
            "\"Credit Card Fraud Detection\" by Worldline and the ULB's machine learning group, on Kaggle as"
                    + " mlg-ulb/creditcardfraud, or at"
                    + " https://storage.googleapis.com/download.tensorflow.org/data/creditcard.csv");

    private WhereFrom() {}

    /** The end of a sentence about a table that is not there. */
    static String hint(String path) {
        String from = TABLES.get(path);
        return from == null ? "" : ": it is " + from;
    }
}

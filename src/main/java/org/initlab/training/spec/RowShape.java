package org.initlab.training.spec;

/** The shape of one row of a data set. */
public sealed interface RowShape permits ImageShape, FeatureShape {}

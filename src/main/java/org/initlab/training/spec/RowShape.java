package org.initlab.training.spec;

/** What one row of a data set is. */
public sealed interface RowShape permits ImageShape {}

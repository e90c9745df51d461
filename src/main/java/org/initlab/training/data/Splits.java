package org.initlab.training.data;

/** A data set as its source decodes it. */
public record Splits(DecodedSplit train, DecodedSplit test) {}

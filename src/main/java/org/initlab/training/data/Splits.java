package org.initlab.training.data;

/** A data set as its source decodes it. */
record Splits(ImageSplit train, ImageSplit test) {}

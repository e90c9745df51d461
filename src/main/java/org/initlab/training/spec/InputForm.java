package org.initlab.training.spec;

/** The form in which a network takes its input; the data set converts its rows to it. */
public sealed interface InputForm permits ImageTransform, FlatRows {}

package org.initlab.training.spec;

/** What a network asks of its input: the data bring their rows into this form. */
public sealed interface InputForm permits ImageTransform {}

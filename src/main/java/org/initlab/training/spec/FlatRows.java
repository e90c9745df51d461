package org.initlab.training.spec;

/** Rows of numbers, float32, of shape (rows, features). */
public record FlatRows() implements InputForm {}

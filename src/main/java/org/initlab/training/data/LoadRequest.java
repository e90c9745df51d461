package org.initlab.training.data;

import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.InputForm;

/**
 * What a source is asked to read.
 *
 * @param spec the rows wanted, with the source's defaults filled in
 * @param positiveClass the class that the spec's {@code positiveClass} means
 * @param form the form of the network's input, for sources that keep their rows in it
 * @param onProgress called often during long work; an exception from it stops the work
 */
public record LoadRequest(DatasetSpec spec, PositiveClass positiveClass, InputForm form, Runnable onProgress) {}

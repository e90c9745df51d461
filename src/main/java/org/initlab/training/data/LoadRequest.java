package org.initlab.training.data;

import org.initlab.training.spec.DatasetSpec;

/**
 * What a source is asked to read.
 *
 * @param spec the rows wanted
 * @param positiveClass the class that the spec's {@code positiveClass} means
 * @param transform the network's image size, for sources whose images differ in size
 * @param onProgress called often while it takes long; what it throws ends the work
 */
record LoadRequest(DatasetSpec spec, PositiveClass positiveClass, ImageTransform transform, Runnable onProgress) {}

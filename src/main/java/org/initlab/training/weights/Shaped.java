package org.initlab.training.weights;

/** A tensor in a file whose elements have not been read. */
interface Shaped {
    long[] shape();
}

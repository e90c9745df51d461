package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Zeroes whole rows of a residual branch at a rate while training and scales up the rest: torchvision's
 * {@code StochasticDepth} in mode {@code row}, after Huang et al., "Deep Networks with Stochastic Depth" (2016).
 */
public final class StochasticDepth extends ScriptedLayer {
    private final double rate;

    public StochasticDepth(NDManager manager, double rate) {
        super(manager);
        this.rate = rate;
    }

    /** Returns the rate, in [0, 1). */
    public double rate() {
        return rate;
    }

    @Override
    public NDArray take(NDArray input, boolean training) {
        return training && rate > 0 ? super.take(input, true) : input;
    }

    @Override
    protected void addTo(Program program) {
        program.dropRows(rate);
    }
}

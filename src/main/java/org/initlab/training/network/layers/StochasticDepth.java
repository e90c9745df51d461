package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.initlab.training.engine.TorchScript;

/**
 * Zeroes whole rows of a residual branch at a rate while training and scales up the rest: torchvision's
 * {@code StochasticDepth} in mode {@code row}, after Huang et al., "Deep Networks with Stochastic Depth" (2016).
 */
public final class StochasticDepth extends Layer {
    private final double rate;
    private final Dropout rows;
    private final TorchScript product;

    public StochasticDepth(NDManager manager, double rate) {
        this.rate = rate;
        product = new TorchScript(manager, StochasticDepth.class, "scale_rows.pt");
        this.rows = new Dropout(rate);
    }

    /** Returns the rate, in [0, 1). */
    public double rate() {
        return rate;
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        if (isOff(training)) {
            return share(input);
        }
        NDArray ones = input.getManager().ones(new Shape(input.getShape().get(0), 1, 1, 1));
        try (NDArray noise = rows.take(ones, true)) {
            return product.forward(training, input, noise);
        }
    }

    @Override
    public NDArray take(NDArray input, boolean training) {
        return isOff(training) ? input : super.take(input, training);
    }

    private boolean isOff(boolean training) {
        return !training || rate == 0;
    }
}

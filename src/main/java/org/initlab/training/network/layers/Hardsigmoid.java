package org.initlab.training.network.layers;

import ai.djl.ndarray.NDManager;

/** min(max(x + 3, 0), 6) / 6: {@code torch.nn.Hardsigmoid}. */
public final class Hardsigmoid extends ScriptedActivation {
    public Hardsigmoid(NDManager manager) {
        super(manager, "hardsigmoid.pt");
    }
}

package org.initlab.training.network.layers;

import ai.djl.ndarray.NDManager;

/** x·min(max(x + 3, 0), 6) / 6: {@code torch.nn.Hardswish}. */
public final class Hardswish extends ScriptedActivation {
    public Hardswish(NDManager manager) {
        super(manager, "hardswish.pt");
    }
}

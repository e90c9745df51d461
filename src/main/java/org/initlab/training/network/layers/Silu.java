package org.initlab.training.network.layers;

import ai.djl.ndarray.NDManager;

/** x·sigmoid(x): {@code torch.nn.SiLU}. */
public final class Silu extends ScriptedActivation {
    public Silu(NDManager manager) {
        super(manager, "silu.pt");
    }
}

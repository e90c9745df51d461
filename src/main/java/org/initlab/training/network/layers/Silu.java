package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import org.initlab.training.engine.TorchScript;

/** x·sigmoid(x) in one kernel, which DJL lacks: {@code torch.nn.SiLU}. */
public final class Silu extends Layer {
    private final TorchScript script;

    public Silu(NDManager manager) {
        script = new TorchScript(manager, Silu.class, "silu.pt");
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        return script.forward(input, training);
    }

    @Override
    public NDArray take(NDArray input, boolean training) {
        if (training) {
            return super.take(input, true);
        }
        try (IValue value = IValue.from((PtNDArray) input)) {
            script.run("in_place", value).close();
            return input;
        }
    }
}

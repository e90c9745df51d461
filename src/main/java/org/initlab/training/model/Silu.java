package org.initlab.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;

/** x·sigmoid(x) by one kernel, which DJL does not have: {@code torch.nn.SiLU}. */
final class Silu {
    private final TorchScript script;

    Silu(NDManager manager) {
        script = new TorchScript(manager, "silu.pt");
    }

    /** Takes its input: where nothing is recorded the result is computed in its place, else the input is closed. */
    NDArray apply(NDArray input, boolean training) {
        if (training) {
            try (input) {
                return script.forward(input, true);
            }
        }
        try (IValue value = IValue.from((PtNDArray) input)) {
            script.run("in_place", value).close();
            return input;
        }
    }
}

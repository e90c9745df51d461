package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import org.initlab.training.engine.TorchScript;

/** An activation that DJL lacks, run as one of PyTorch's kernels by a scripted module. */
abstract class ScriptedActivation extends Layer {
    private final TorchScript script;

    /**
     * Loads the module.
     *
     * @param resource the file beside this class; it has {@code forward}, and {@code in_place} for use without autograd
     */
    ScriptedActivation(NDManager manager, String resource) {
        script = new TorchScript(manager, ScriptedActivation.class, resource);
    }

    @Override
    public final NDArray apply(NDArray input, boolean training) {
        return script.forward(training, input);
    }

    @Override
    public final NDArray take(NDArray input, boolean training) {
        if (training) {
            return super.take(input, true);
        }
        try (IValue value = IValue.from((PtNDArray) input)) {
            script.run("in_place", value).close();
            return input;
        }
    }
}

package org.initlab.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.Map;
import org.initlab.training.spec.OptimizerSpec;

/** {@code torch.optim.SGD} without dampening and Nesterov. */
final class Sgd extends ScriptedOptimizer {
    private final OptimizerSpec spec;

    Sgd(OptimizerSpec spec, Map<String, NDArray> parameters, NDManager parent) {
        super(parameters, parent);
        this.spec = spec;
        addZeros("momentum_buffer");
    }

    @Override
    public void step() {
        update("sgd", IValue.from(spec.learningRate()), IValue.from(spec.momentum()), IValue.from(spec.weightDecay()));
    }
}

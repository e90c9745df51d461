package org.initlab.training.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.Map;
import java.util.Optional;
import org.initlab.training.engine.Backward;
import org.initlab.training.spec.OptimizerSpec;

/** {@code torch.optim.SGD} without dampening or Nesterov momentum. */
final class Sgd extends ScriptedOptimizer {
    private final OptimizerSpec spec;

    Sgd(OptimizerSpec spec, Map<String, NDArray> parameters, Optional<Backward> backward, NDManager manager) {
        super(parameters, backward, manager);
        this.spec = spec;
        addZeros("momentum_buffer");
    }

    @Override
    public void step(double learningRate) {
        update("sgd", IValue.from(learningRate), IValue.from(spec.momentum()), IValue.from(spec.weightDecay()));
    }
}

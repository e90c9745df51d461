package org.initlab.training.model;

import ai.djl.pytorch.jni.IValue;
import org.initlab.training.OptimizerSpec;
import org.initlab.training.weights.StateDict;

/** {@code torch.optim.SGD} without dampening and Nesterov. */
final class Sgd implements Optimizer {
    private final OptimizerSpec spec;
    private final OptimizerArrays arrays;

    Sgd(OptimizerSpec spec, BinaryClassifier classifier) {
        this.spec = spec;
        arrays = new OptimizerArrays(classifier);
        arrays.addZeros("momentum_buffer");
    }

    @Override
    public void step() {
        arrays.update(
                "sgd", IValue.from(spec.learningRate()), IValue.from(spec.momentum()), IValue.from(spec.weightDecay()));
    }

    @Override
    public StateDict stateDict() {
        return arrays.states().toStateDict();
    }

    @Override
    public void load(StateDict state) {
        arrays.states().load(state);
    }

    @Override
    public void close() {
        arrays.close();
    }
}

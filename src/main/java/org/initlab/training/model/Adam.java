package org.initlab.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.IValue;
import org.initlab.training.OptimizerSpec;
import org.initlab.training.weights.StateDict;

/** {@code torch.optim.Adam} and {@code AdamW}: Kingma and Ba (2015), Loshchilov and Hutter (2019). */
final class Adam implements Optimizer {
    private final OptimizerSpec spec;
    private final OptimizerArrays arrays;
    private final NDArray steps;

    Adam(OptimizerSpec spec, BinaryClassifier classifier) {
        this.spec = spec;
        arrays = new OptimizerArrays(classifier);
        arrays.addZeros("exp_avg");
        arrays.addZeros("exp_avg_sq");
        steps = arrays.addScalar("step");
    }

    @Override
    public void step() {
        steps.addi(1);
        arrays.update(
                "adam",
                IValue.from((double) steps.getFloat()),
                IValue.from(spec.learningRate()),
                IValue.from(spec.weightDecay()),
                IValue.from(spec.type() == OptimizerSpec.Type.ADAMW));
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

package org.initlab.training.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.Map;
import java.util.Optional;
import org.initlab.training.engine.Backward;
import org.initlab.training.spec.OptimizerSpec;

/** {@code torch.optim.Adam} and {@code AdamW}: Kingma and Ba (2015), Loshchilov and Hutter (2019). */
final class Adam extends ScriptedOptimizer {
    private final OptimizerSpec spec;

    Adam(OptimizerSpec spec, Map<String, NDArray> parameters, Optional<Backward> backward, NDManager manager) {
        super(parameters, backward, manager);
        this.spec = spec;
        addZeros("exp_avg");
        addZeros("exp_avg_sq");
        addScalar("step");
    }

    @Override
    public void step(double learningRate) {
        update(
                "adam",
                IValue.from(learningRate),
                IValue.from(spec.weightDecay()),
                IValue.from(spec instanceof OptimizerSpec.AdamW));
    }
}

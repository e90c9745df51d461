package org.initlab.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.initlab.training.engine.Autograd;
import org.initlab.training.spec.OptimizerSpec;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.StateDict;
import org.junit.jupiter.api.Test;

/**
 * The rules against PyTorch 2.13's: {@code w = [1, -2, 3]}, loss {@code sum([0.5, 1, 2] * w ** 3)}, four steps of
 * {@code torch.optim} with {@code foreach=False} and the constants of each test.
 */
class OptimizerTest {
    private static final float[] CUBE = {0.5f, 1, 2};

    @Test
    void sgdWithMomentumAndWeightDecayIsPyTorchs() {
        assertSteps(
                new OptimizerSpec.Sgd(0.01, 0.9, 0.1),
                new float[] {0.984f, -2.118f, 2.457f},
                new float[] {0.9540922f, -2.3566597f, 1.6036321f},
                new float[] {0.91256666f, -2.735712f, 0.67969924f},
                new float[] {0.86178946f, -3.2986472f, -0.18023947f});
    }

    @Test
    void sgdWithoutMomentumIsPyTorchs() {
        assertSteps(
                new OptimizerSpec.Sgd(0.01, 0.0, 0.0),
                new float[] {0.985f, -2.12f, 2.46f},
                new float[] {0.97044665f, -2.2548318f, 2.096904f},
                new float[] {0.95632017f, -2.4073598f, 1.8330836f},
                new float[] {0.9426019f, -2.5812213f, 1.6314719f});
    }

    @Test
    void adamAddsWeightDecayToTheGradient() {
        assertSteps(
                new OptimizerSpec.Adam(0.1, 0.1),
                new float[] {0.9f, -2.1f, 2.9f},
                new float[] {0.8010384f, -2.2001352f, 2.8002331f},
                new float[] {0.70395094f, -2.3004942f, 2.7008655f},
                new float[] {0.6096343f, -2.4011626f, 2.60207f});
    }

    @Test
    void adamwDecouplesWeightDecay() {
        assertSteps(
                new OptimizerSpec.AdamW(0.1, 0.1),
                new float[] {0.89f, -2.08f, 2.8700001f},
                new float[] {0.78236705f, -2.1593275f, 2.7416286f},
                new float[] {0.67809093f, -2.23807f, 2.615103f},
                new float[] {0.5781994f, -2.3163111f, 2.490647f});
    }

    /**
     * {@code clip_grad_norm_} over two parameters, {@code v = [[0.5, -1.5]]} with the loss {@code sum(v ** 3)} being the other;
     * the norm of the first gradients is 55.9.
     */
    @Test
    void gradientsAreClippedByTheNormOfAllAsPyTorchsAre() {
        assertClipped(1, 0.98415303f, -2.1300304f, 2.4596202f, 0.49207652f, -1.5727698f);
        assertClipped(100, 0.3798108f, -13.373329f, -27.90731f, 0.1899054f, -6.7718678f);
    }

    private static void assertClipped(double most, float... expected) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            Map<String, NDArray> parameters = new LinkedHashMap<>();
            parameters.put("w", manager.create(new float[] {1, -2, 3}));
            parameters.put("v", manager.create(new float[][] {{0.5f, -1.5f}}));
            parameters.values().forEach(parameter -> parameter.setRequiresGradient(true));
            Optimizer optimizer =
                    Optimizer.of(new OptimizerSpec.Sgd(0.1, null, null), parameters, Optional.empty(), manager);
            for (int step = 0; step < 3; step++) {
                optimizer.backward(Autograd.record(() -> Problem.cubes(parameters.get("w"))
                        .sum()
                        .add(parameters.get("v").pow(3).sum())));
                optimizer.clipGradientNorm(most);
                optimizer.step(0.1);
            }
            float[] result = NDArrays.concat(
                            new NDList(parameters.get("w"), parameters.get("v").flatten()))
                    .toFloatArray();
            assertThat(result).containsExactly(expected, Offset.offset(2e-6f));
        }
    }

    /** The gradient comes in the order of the shape, as it may from any operation; the weight lies channels-last. */
    @Test
    void aGradientWithAnotherLayoutThanItsParameterIsAppliedToTheSameElements() {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            NDArray weight = manager.zeros(new Shape(2, 2, 2, 3)).transpose(0, 3, 1, 2);
            weight.setRequiresGradient(true);
            NDArray slopes = manager.arange(1f, 25f);
            Optimizer optimizer =
                    Optimizer.of(new OptimizerSpec.Sgd(1.0, 0.9, 0.0), Map.of("w", weight), Optional.empty(), manager);
            optimizer.backward(
                    Autograd.record(() -> weight.reshape(24).mul(slopes).sum()));
            optimizer.step(1);

            assertThat(weight.neg().toFloatArray()).containsExactly(slopes.toFloatArray());
            assertThat(optimizer.stateDict().tensors().get("momentum_buffer.w").values())
                    .containsExactly(slopes.toFloatArray());
        }
    }

    /** A gradient of 1e-8 is as large as Adam's epsilon. */
    @Test
    void adamsEpsilonIsAddedAfterTheBiasCorrection() {
        try (Problem problem = new Problem(1)) {
            Optimizer adam = problem.optimizer(new OptimizerSpec.Adam(0.1, 0.0));
            problem.step(adam, weights -> weights.mul(1e-8));
            assertThat(problem.weights.getFloat(0)).isEqualTo(0.95f, Offset.offset(1e-6f));
        }
    }

    @Test
    void gradientsAreNotAddedUp() {
        try (Problem once = new Problem(1, -2, 3);
                Problem twice = new Problem(1, -2, 3)) {
            once.step(once.optimizer(new OptimizerSpec.Sgd()), Problem::cubes);
            Optimizer optimizer = twice.optimizer(new OptimizerSpec.Sgd());
            twice.backward(optimizer, Problem::cubes);
            twice.step(optimizer, Problem::cubes);
            assertThat(twice.weights.toFloatArray()).containsExactly(once.weights.toFloatArray());
        }
    }

    @Test
    void anOptimizerContinuesFromItsStateToTheBit() {
        for (OptimizerSpec spec : List.of(
                new OptimizerSpec.Sgd(0.01, null, 0.1),
                new OptimizerSpec.Adam(0.01, 0.1),
                new OptimizerSpec.AdamW(0.01, 0.1))) {
            try (Problem undisturbed = new Problem(1, -2, 3)) {
                Optimizer optimizer = undisturbed.optimizer(spec);
                undisturbed.step(optimizer, Problem::cubes);
                undisturbed.step(optimizer, Problem::cubes);
                StateDict checkpoint = optimizer.stateDict();
                try (Problem resumed = new Problem(undisturbed.weights.toFloatArray())) {
                    Optimizer fresh = resumed.optimizer(spec);
                    fresh.load(checkpoint);
                    resumed.step(fresh, Problem::cubes);
                    undisturbed.step(optimizer, Problem::cubes);
                    assertThat(resumed.weights.toFloatArray())
                            .as(spec.type())
                            .containsExactly(undisturbed.weights.toFloatArray());
                }
            }
        }
    }

    @Test
    void anotherOptimizersStateIsRefusedByName() {
        try (Problem problem = new Problem(1, -2, 3)) {
            StateDict ofSgd = problem.optimizer(new OptimizerSpec.Sgd()).stateDict();
            Optimizer adam = problem.optimizer(new OptimizerSpec.Adam(null, null));
            assertThatThrownBy(() -> adam.load(ofSgd))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("exp_avg.w is missing")
                    .hasMessageContaining("step is missing")
                    .hasMessageContaining("momentum_buffer.w is not known");
        }
    }

    private static void assertSteps(OptimizerSpec spec, float[]... expected) {
        try (Problem problem = new Problem(1, -2, 3)) {
            Optimizer optimizer = problem.optimizer(spec);
            for (float[] weights : expected) {
                problem.step(optimizer, Problem::cubes);
                assertThat(problem.weights.toFloatArray())
                        .as(Arrays.toString(weights))
                        .containsExactly(weights, Offset.offset(2e-6f));
            }
        }
    }

    /** A few weights and a loss of them. */
    private static final class Problem implements AutoCloseable {
        private final NDManager manager = NDManager.newBaseManager(Device.cpu());
        private final NDArray weights;
        private double learningRate;

        Problem(float... start) {
            weights = manager.create(start);
            weights.setRequiresGradient(true);
        }

        Optimizer optimizer(OptimizerSpec spec) {
            Map<String, NDArray> parameters = Map.of("w", weights);
            learningRate = spec.learningRate();
            return Optimizer.of(spec, parameters, Optional.empty(), manager);
        }

        static NDArray cubes(NDArray weights) {
            return weights.getManager().create(CUBE).mul(weights).mul(weights).mul(weights);
        }

        void backward(Optimizer optimizer, UnaryOperator<NDArray> loss) {
            optimizer.backward(Autograd.record(() -> loss.apply(weights).sum()));
        }

        void step(Optimizer optimizer, UnaryOperator<NDArray> loss) {
            backward(optimizer, loss);
            optimizer.step(learningRate);
        }

        @Override
        public void close() {
            manager.close();
        }
    }
}

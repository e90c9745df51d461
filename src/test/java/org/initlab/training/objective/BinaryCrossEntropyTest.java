package org.initlab.training.objective;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Expected numbers from PyTorch's {@code binary_cross_entropy_with_logits}. */
class BinaryCrossEntropyTest {
    private static final float[] LOGITS = {0, 1.5f, -1.5f, 15, -15, 1000, -1000, 1000, -1000};
    private static final float[] LABELS = {1, 0, 1, 0, 0, 0, 0, 1, 1};
    private static final float[] LOSSES = {0.6931472f, 1.7014133f, 1.7014133f, 15, 0, 1000, 0, 0, 1000};
    private static final float[] GRADIENTS = {-0.5f, 0.81757444f, -0.8175745f, 0.99999964f, 3.059e-7f, 1, 0, 0, -1};

    @Test
    void eachLossIsPyTorchsHoweverExtremeTheLogit() {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            for (int i = 0; i < LOGITS.length; i++) {
                NDArray loss = new BinaryCrossEntropy()
                        .mean(manager.create(new float[] {LOGITS[i]}), manager.create(new float[] {LABELS[i]}));
                assertThat(loss.getFloat()).as("logit %s", LOGITS[i]).isEqualTo(LOSSES[i], Offset.offset(1e-6f));
            }
        }
    }

    @Test
    void theMeansGradientIsPyTorchs() {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray logits = manager.create(LOGITS);
            logits.setRequiresGradient(true);
            NDArray loss = new BinaryCrossEntropy().mean(logits, manager.create(LABELS));
            collector.backward(loss);
            assertThat(loss.getFloat()).isEqualTo(224.344f, Offset.offset(1e-4f));
            assertThat(logits.getGradient().mul(LOGITS.length).toFloatArray())
                    .containsExactly(GRADIENTS, Offset.offset(1e-6f));
        }
    }
}

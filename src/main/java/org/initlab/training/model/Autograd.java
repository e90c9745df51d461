package org.initlab.training.model;

import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/** PyTorch's recording of what a thread computes: {@code torch.enable_grad}. */
final class Autograd {
    private Autograd() {}

    /** Computes something that {@link Optimizer#backward} can go back through. */
    static <T> T record(Supplier<T> forward) {
        JniUtils.setGradMode(true);
        try {
            return forward.get();
        } finally {
            JniUtils.setGradMode(false);
        }
    }
}

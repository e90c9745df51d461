package org.initlab.training.engine;

import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/** PyTorch's recording of what a thread computes: {@code torch.enable_grad}. */
public final class Autograd {
    private Autograd() {}

    /** Turns recording off for this thread: PyTorch starts each thread with it on, and DJL turns off only the first. */
    public static void stopRecording() {
        JniUtils.setGradMode(false);
    }

    /** Computes something while recording, so that its gradients can be computed. */
    public static <T> T record(Supplier<T> forward) {
        JniUtils.setGradMode(true);
        try {
            return forward.get();
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    /** Computes something without recording, whether or not this thread records. */
    public static <T> T pause(Supplier<T> forward) {
        boolean recording = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            return forward.get();
        } finally {
            JniUtils.setGradMode(recording);
        }
    }
}

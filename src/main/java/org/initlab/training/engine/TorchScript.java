package org.initlab.training.engine;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A module of PyTorch code that ships next to its caller and is freed with its manager; the Python file of the same
 * name generates it.
 */
public final class TorchScript {
    private static final Logger log = LoggerFactory.getLogger(TorchScript.class);

    private final @Nullable PtSymbolBlock module;
    private @Nullable Boolean training;

    /**
     * Loads a module.
     *
     * @param manager owns it; one that is not PyTorch's, as of a network that only tells its tensors' shapes, loads nothing
     * @param caller the class in whose package the resource lies
     * @param resource the file's name, such as {@code silu.pt}
     */
    public TorchScript(NDManager manager, Class<?> caller, String resource) {
        module = manager instanceof PtNDManager owner ? load(owner, caller, resource) : null;
    }

    /** Loads a module, or nothing if this PyTorch lacks an operator that it calls. */
    public static Optional<TorchScript> ifSupported(NDManager manager, Class<?> caller, String resource) {
        try {
            return Optional.of(new TorchScript(manager, caller, resource));
        } catch (EngineException e) {
            log.debug("This PyTorch cannot load {}", resource, e);
            return Optional.empty();
        }
    }

    private static PtSymbolBlock load(PtNDManager owner, Class<?> caller, String resource) {
        try (InputStream stream = caller.getResourceAsStream(resource)) {
            // no ai.djl.Model around it: its finaliser would free the module under us
            return JniUtils.loadModule(owner, Objects.requireNonNull(stream, resource), true, false);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + resource + " from the class path", e);
        }
    }

    /**
     * Runs {@code forward}; the result belongs to the first input's manager and is differentiable while training.
     *
     * @param inputs borrowed
     */
    public NDArray forward(boolean training, NDArray... inputs) {
        interpretPlainly();
        return IValueUtils.forward(module, new NDList(inputs), training).singletonOrThrow();
    }

    /** Sets what the module's code knows as {@code self.training}. */
    public void setMode(boolean inTrainingMode) {
        if (training == null || training != inTrainingMode) {
            if (inTrainingMode) {
                JniUtils.enableTrainingMode(module);
            } else {
                JniUtils.enableInferenceMode(module);
            }
            training = inTrainingMode;
        }
    }

    /** Runs a method; the caller closes the result. */
    public IValue run(String method, IValue... arguments) {
        interpretPlainly();
        return IValueUtils.runMethod(module, method, arguments);
    }

    /**
     * Turns off the optimising executor, which profiles the first runs and then recompiles; the setting is per thread.
     */
    static void interpretPlainly() {
        JniUtils.setGraphExecutorOptimize(false);
    }
}

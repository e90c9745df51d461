package org.initlab.training.engine;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.initlab.training.spec.TrainingException;
import org.jspecify.annotations.Nullable;

/**
 * A TorchScript module of the user's own, with its tensors; it is freed with its manager. It runs whatever code its file
 * holds.
 */
public final class ScriptedModule {
    private static final int LONGEST_REASON = 300;
    private static final Pattern RAISED = Pattern.compile("[\\w.]*(Error|Exception): .*");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

    private final String name;
    private final NDManager manager;
    private final PtSymbolBlock module;
    private @Nullable Boolean training;

    private ScriptedModule(String name, NDManager manager, PtSymbolBlock module) {
        this.name = name;
        this.manager = manager;
        this.module = module;
    }

    /**
     * Loads a module onto a manager's device.
     *
     * @param name what the user knows it by
     * @param file written by {@code torch.jit.save}
     * @param manager owns it
     * @throws TrainingException if it cannot be loaded
     */
    public static ScriptedModule load(String name, Path file, NDManager manager) {
        return orFail(name, "cannot be loaded", () -> {
            try {
                return new ScriptedModule(name, manager, load(file, (PtNDManager) manager));
            } catch (IOException e) {
                throw new TrainingException(
                        "The module " + name
                                + " cannot be loaded: it is no archive that torch.jit.save writes, or it is"
                                + " damaged",
                        e);
            }
        });
    }

    private static PtSymbolBlock load(Path file, PtNDManager manager) throws IOException {
        Path copy = Files.createTempFile("module", ".pt");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy))) {
                ModuleArchive.copyWithBuffersAsParameters(file, out);
            }
            try (InputStream in = Files.newInputStream(copy)) {
                return JniUtils.loadModule(manager, in, true, false);
            }
        } finally {
            Files.delete(copy);
        }
    }

    /**
     * Returns new handles on all parameters and buffers, by PyTorch's names; the caller closes them. They share the module's
     * memory, but a module may put another tensor in a buffer's place.
     */
    public Map<String, NDArray> tensors() {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        for (NDArray tensor : JniUtils.moduleGetParams(module, (PtNDManager) manager)) {
            tensors.put(tensor.getName(), tensor);
            // DJL takes a dot in an argument's name for a part of a dictionary
            tensor.setName(null);
        }
        return tensors;
    }

    /** Whether a tensor is one whose gradients the module wants: a parameter that is not frozen. */
    public static boolean needsGradient(NDArray tensor) {
        return JniUtils.requiresGrad((PtNDArray) tensor);
    }

    /**
     * Runs {@code forward}; the result belongs to the input's manager, and is differentiable if this thread records.
     *
     * @param input borrowed
     * @param inTrainingMode whether in the mode that {@code Module.train()} sets, or {@code Module.eval()}
     * @throws TrainingException if the module fails or does not return one tensor
     */
    public NDArray forward(NDArray input, boolean inTrainingMode) {
        return orFail(name, "failed", () -> {
            if (training == null || training != inTrainingMode) {
                setMode(inTrainingMode);
            }
            TorchScript.interpretPlainly();
            NDList outputs = IValueUtils.forward(module, new NDList(input), true);
            if (outputs.size() != 1) {
                throw new TrainingException("The module " + name + " returns " + outputs.size()
                        + " tensors for a batch; let it return one");
            }
            return outputs.get(0);
        });
    }

    private void setMode(boolean inTrainingMode) {
        if (inTrainingMode) {
            JniUtils.enableTrainingMode(module);
        } else {
            JniUtils.enableInferenceMode(module);
        }
        training = inTrainingMode;
    }

    /**
     * Explains a failure that training met in what a module had computed, such as a backward pass through something that the module
     * has overwritten since.
     *
     * @param name what the user knows the module by
     */
    public static TrainingException failureInTraining(String name, EngineException failure) {
        return failure(name, "failed in training", failure);
    }

    private static TrainingException failure(String name, String what, EngineException failure) {
        return new TrainingException("The module " + name + " " + what + ": " + reason(failure), failure);
    }

    private static <T> T orFail(String name, String what, Supplier<T> step) {
        try {
            return step.get();
        } catch (EngineException e) {
            RuntimeException explained = MemoryShortage.explain(e);
            throw explained == e ? failure(name, what, e) : explained;
        } catch (UnsupportedOperationException e) {
            throw new TrainingException(
                    "The module " + name + " returns something other than a tensor; let it return one", e);
        }
    }

    /** The line that says what happened: what was raised, below a trace of the module's code, or else the first. */
    private static String reason(EngineException e) {
        List<String> lines = String.valueOf(e.getMessage()).lines().toList();
        String line = lines.stream()
                .filter(it -> RAISED.matcher(it).matches())
                .reduce((earlier, later) -> later)
                .orElse(lines.isEmpty() ? "unknown" : lines.get(0));
        String some = line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
        return UNPRINTABLE.matcher(some).replaceAll("?");
    }
}

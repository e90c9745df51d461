package org.initlab.training.engine;

import ai.djl.engine.EngineException;
import java.util.List;
import java.util.Locale;
import org.initlab.training.spec.TrainingException;

/** Recognises failures caused by lack of memory and says what to do; PyTorch reports them only in the message text. */
public final class MemoryShortage {
    /** From PyTorch's CPU allocator, its CUDA allocator, and C++ itself. */
    private static final List<String> SIGNS =
            List.of("can't allocate memory", "not enough memory", "out of memory", "bad_alloc");

    private MemoryShortage() {}

    /** The failure to report: one that says what to do if memory ran out, else the failure itself. */
    public static RuntimeException explain(EngineException failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return SIGNS.stream().anyMatch(text::contains)
                ? new TrainingException(
                        "the device ran out of memory; try a smaller training.batchSize, evaluation.batchSize or"
                                + " model.imageSize",
                        failure)
                : failure;
    }

    /** The failure to report when the Java heap ran out. */
    public static TrainingException explain(OutOfMemoryError failure) {
        return new TrainingException(
                "the worker's Java heap is too small for the data; raise it with -Xmx, or set dataset.trainLimit",
                failure);
    }
}

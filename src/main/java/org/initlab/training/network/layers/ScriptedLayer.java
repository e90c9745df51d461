package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.initlab.training.engine.Backward;
import org.jspecify.annotations.Nullable;

/** A layer that is computed in one call, with all layers below it. */
public abstract class ScriptedLayer extends Layer {
    private final NDManager manager;
    private @Nullable Program program;

    /**
     * Starts without parameters.
     *
     * @param manager owns what is compiled
     */
    protected ScriptedLayer(NDManager manager) {
        this.manager = manager;
    }

    /** Appends what the layer computes. */
    protected abstract void addTo(Program program);

    @Override
    public final NDArray apply(NDArray input, boolean training) {
        return program().run(input, training);
    }

    @Override
    public final Optional<Backward> backward() {
        return Optional.of(program().backward());
    }

    private Program program() {
        if (program == null) {
            program = Program.of(this, manager);
        }
        return program;
    }
}

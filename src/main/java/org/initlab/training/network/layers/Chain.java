package org.initlab.training.network.layers;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/** Scripted layers one after the other, named by their position: a {@link Sequence} that is computed in one call. */
public final class Chain extends ScriptedLayer {
    private final List<ScriptedLayer> layers = new ArrayList<>();

    public Chain(NDManager manager) {
        super(manager);
    }

    public Chain add(ScriptedLayer layer) {
        layers.add(addLayer(Integer.toString(layers.size()), layer));
        return this;
    }

    @Override
    protected void addTo(Program program) {
        layers.forEach(program::add);
    }
}

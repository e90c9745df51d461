package org.initlab.training.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/** Layers one after the other, named by their position unless they have a name: {@code torch.nn.Sequential}. */
final class Sequence extends Layer {
    private final List<Layer> layers = new ArrayList<>();

    Sequence add(Layer layer) {
        return add(Integer.toString(layers.size()), layer);
    }

    Sequence add(String name, Layer layer) {
        layers.add(addLayer(name, layer));
        return this;
    }

    @Override
    NDArray apply(NDArray input, boolean training) {
        NDArray current = input;
        for (Layer layer : layers) {
            current = next(input, current, layer.apply(current, training));
        }
        return current;
    }
}

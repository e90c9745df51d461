package org.initlab.training.network.layers;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/** Layers one after the other, named by their position unless given a name: {@code torch.nn.Sequential}. */
public final class Sequence extends Layer {
    private final List<Layer> layers = new ArrayList<>();

    public Sequence add(Layer layer) {
        return add(Integer.toString(layers.size()), layer);
    }

    public Sequence add(String name, Layer layer) {
        layers.add(addLayer(name, layer));
        return this;
    }

    @Override
    public NDArray apply(NDArray input, boolean training) {
        return layers.isEmpty() ? share(input) : rest(layers.get(0).apply(input, training), 1, training);
    }

    @Override
    public NDArray take(NDArray input, boolean training) {
        return rest(input, 0, training);
    }

    private NDArray rest(NDArray input, int first, boolean training) {
        NDArray current = input;
        for (Layer layer : layers.subList(first, layers.size())) {
            current = layer.take(current, training);
        }
        return current;
    }
}

package org.initlab.training.network.vision;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.function.Supplier;
import org.initlab.training.engine.Backward;
import org.initlab.training.network.Network;
import org.initlab.training.network.TensorNames;
import org.initlab.training.network.layers.Layer;
import org.initlab.training.network.layers.Linear;
import org.initlab.training.network.layers.Sequence;

/**
 * What torchvision's classifiers compute: images of shape (N, 3, height, width) to maps of features, their means over
 * each image, and 1000 logits, unless the head replaces the layer that gives these.
 */
public abstract class PooledNetwork<F extends Layer> extends Layer implements Network {
    /** From the images to the last maps. */
    protected final F features;

    /** From the means to the outputs. */
    protected final Sequence classifier = new Sequence();

    private final boolean replaced;
    private int outputs = VisionArchitecture.CLASSES;
    private TensorNames names = TensorNames.headOnTop();

    /**
     * Starts with no layer in the classifier.
     *
     * @param features from the images to the last maps; the network adds its layers
     * @param replaced whether the head is in place of the last layer
     */
    protected PooledNetwork(F features, boolean replaced) {
        this.features = features;
        this.replaced = replaced;
    }

    /**
     * Adds the layer that gives the logits, or leaves its place to the head.
     *
     * @param name the layer's full name in torchvision
     * @param width the number of features that it takes
     * @param last makes it, under that name
     */
    protected final void end(String name, int width, Supplier<Linear> last) {
        if (replaced) {
            outputs = width;
            names = TensorNames.lastLayer(name);
        } else {
            classifier.add(name.substring(name.indexOf('.') + 1), last.get());
        }
    }

    @Override
    public final Optional<Backward> backward() {
        return features.backward();
    }

    @Override
    public final NDArray apply(NDArray images, boolean training) {
        try (NDArray maps = features.apply(images, training)) {
            return classifier.take(maps.getNDArrayInternal().globalAvgPool(), training);
        }
    }

    @Override
    public final int outputs() {
        return outputs;
    }

    @Override
    public final TensorNames names() {
        return names;
    }
}

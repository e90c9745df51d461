package org.initlab.training.network.mlp;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.initlab.training.network.Architecture;
import org.initlab.training.network.ImageNetWeights;
import org.initlab.training.network.Network;
import org.initlab.training.network.SpecFault;
import org.initlab.training.spec.FeatureShape;
import org.initlab.training.spec.FlatRows;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.InputForm;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.ModelSpec.Activation;
import org.initlab.training.spec.RowShape;
import org.jspecify.annotations.Nullable;

/** {@code mlp}: hidden layers and the head, initialised as PyTorch's {@code Linear}. */
public final class Mlp implements Architecture {
    private static final ModelSpec DEFAULTS =
            new ModelSpec(ModelSpec.MLP, "none", null, 0.0, null, null, null, List.of(16), Activation.RELU);

    /** Up to this width, a layer takes microseconds for a row. */
    private static final int NARROW = 128;

    @Override
    public String name() {
        return ModelSpec.MLP;
    }

    @Override
    public @Nullable Long parameters() {
        return null;
    }

    @Override
    public ModelSpec defaults() {
        return DEFAULTS;
    }

    @Override
    public List<SpecFault> faults(ModelSpec spec, @Nullable RowShape rows) {
        List<SpecFault> faults = new ArrayList<>();
        if (rows instanceof ImageShape) {
            faults.add(
                    new SpecFault(
                            "architecture",
                            "mlp takes rows of numbers, and the data has images; choose a network for images, such as resnet18"));
        }
        if (spec.imageSize() != null) {
            faults.add(new SpecFault("imageSize", "mlp sees no images; leave it out"));
        }
        if (spec.stochasticDepth() != null) {
            faults.add(new SpecFault("stochasticDepth", "mlp has no stochastic depth; leave it out"));
        }
        if (spec.head() != null) {
            faults.add(new SpecFault("head", "the last layer of an mlp is its head; leave it out"));
        }
        if (spec.trainsOnlyTheHead()) {
            faults.add(new SpecFault("train", "an mlp has nothing learnt to freeze; leave it out, or choose \"all\""));
        }
        return faults;
    }

    @Override
    public ModelSpec resolve(ModelSpec spec, @Nullable RowShape rows) {
        return new ModelSpec(
                spec.architecture(),
                spec.weights(),
                spec.imageSize(),
                spec.dropout() != null ? spec.dropout() : DEFAULTS.dropout(),
                spec.stochasticDepth(),
                spec.head(),
                spec.train(),
                spec.hidden() != null ? spec.hidden() : DEFAULTS.hidden(),
                spec.activation() != null ? spec.activation() : DEFAULTS.activation(),
                spec.file());
    }

    @Override
    public InputForm input(ModelSpec spec) {
        return new FlatRows();
    }

    @Override
    public int mostThreads(ModelSpec spec) {
        return spec.hidden().stream().allMatch(width -> width <= NARROW) ? 1 : Integer.MAX_VALUE;
    }

    @Override
    public int smallestTrainingBatch(ModelSpec spec) {
        return 1;
    }

    @Override
    public boolean isDefinedFor(@Nullable RowShape rows) {
        return rows instanceof FeatureShape shape && shape.features() != null;
    }

    @Override
    public Network build(ModelSpec spec, @Nullable RowShape rows, NDManager manager) {
        if (rows instanceof FeatureShape shape && shape.features() != null) {
            return new Perceptron(manager, shape.features(), spec.hidden(), spec.activation(), spec.dropout());
        }
        throw new IllegalArgumentException("an mlp needs rows of a known number of features, not " + rows);
    }

    @Override
    public List<ImageNetWeights> imageNetWeights() {
        return List.of();
    }

    @Override
    public String toString() {
        return name();
    }
}

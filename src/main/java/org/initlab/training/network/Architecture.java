package org.initlab.training.network;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.initlab.training.spec.InputForm;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.RowShape;

/** A network that a spec can name: how to build one, its defaults, its size and its ImageNet weights. */
public interface Architecture {

    /** Returns the name in {@code model.architecture}, torchvision's where it has the network. */
    String name();

    /** Returns the number of learnt values without the head, as torchvision counts them: without running statistics. */
    long parameters();

    /** Returns the network without weights and with its own rates and sizes; a field is {@code null} where it has no such thing. */
    ModelSpec defaults();

    /**
     * Fills in what a spec leaves out.
     *
     * @param spec of this architecture
     * @param rows what the data are, which decides where neither spec nor weights do
     */
    ModelSpec resolve(ModelSpec spec, RowShape rows);

    /**
     * What the network asks of its input.
     *
     * @param spec resolved
     */
    InputForm input(ModelSpec spec);

    /**
     * The fewest rows that a batch in training mode can have: 2 where BatchNorm would be left with one value per channel, else 1.
     *
     * @param spec resolved
     */
    int smallestTrainingBatch(ModelSpec spec);

    /**
     * Builds the network with all values zero.
     *
     * @param spec resolved
     * @param manager owns the parameters, on whose device they are
     */
    Network build(ModelSpec spec, NDManager manager);

    /** Returns torchvision's ImageNet weights, its default first; empty where there are none. */
    List<ImageNetWeights> imageNetWeights();
}

package org.initlab.training.network;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.initlab.training.spec.InputForm;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.RowShape;
import org.jspecify.annotations.Nullable;

/** A network that a spec can name: how to build it, its defaults, its size and its ImageNet weights. */
public interface Architecture {

    /** Returns the name in {@code model.architecture}, torchvision's if it has the network. */
    String name();

    /** Returns the number of learnt values without the head, as torchvision counts them: without running statistics. */
    long parameters();

    /**
     * Returns the network without weights, with its own rates and sizes; a field that does not apply is {@code null}.
     */
    ModelSpec defaults();

    /**
     * Finds what keeps a spec from being resolved.
     *
     * @param spec one that names this architecture
     * @param rows the shape of the data's rows; {@code null} if the data is not known
     */
    List<SpecFault> faults(ModelSpec spec, @Nullable RowShape rows);

    /**
     * Fills in what a spec leaves out.
     *
     * @param spec one that names this architecture, without {@link #faults}
     * @param rows the shape of the data's rows, which decides what neither spec nor weights do
     */
    ModelSpec resolve(ModelSpec spec, RowShape rows);

    /**
     * Returns the form in which the network takes its input.
     *
     * @param spec a resolved spec
     */
    InputForm input(ModelSpec spec);

    /**
     * Returns the fewest rows that a batch in training mode can have: 2 if one row would leave BatchNorm one value per
     * channel, else 1.
     *
     * @param spec a resolved spec
     */
    int smallestTrainingBatch(ModelSpec spec);

    /**
     * Builds the network with all values zero.
     *
     * @param spec a resolved spec
     * @param manager owns the parameters, which are on its device
     */
    Network build(ModelSpec spec, NDManager manager);

    /** Returns torchvision's ImageNet weights, its default first; empty if there are none. */
    List<ImageNetWeights> imageNetWeights();
}

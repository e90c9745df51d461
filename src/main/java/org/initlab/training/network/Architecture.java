package org.initlab.training.network;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.initlab.training.spec.InputForm;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.RowShape;
import org.jspecify.annotations.Nullable;

/** A network that a spec can name: how to build it, its defaults, its size and its ImageNet weights. */
public interface Architecture {

    /** Returns the name in {@code model.architecture}: torchvision's, if it has the network. */
    String name();

    /**
     * Returns the number of learnt values of torchvision's network, without running statistics; {@code null} if it
     * depends on the data.
     */
    @Nullable
    Long parameters();

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
     * @param spec one that names this architecture; what is at fault in it stays as it is
     * @param rows the shape of the data's rows, which decides what neither spec nor weights do; {@code null} if the data
     *     is not known
     */
    ModelSpec resolve(ModelSpec spec, @Nullable RowShape rows);

    /**
     * Returns the form in which the network takes its input.
     *
     * @param spec a resolved spec
     */
    InputForm input(ModelSpec spec);

    /**
     * Returns the fewest rows that a training batch can have: 2 if one row would leave BatchNorm one value per channel,
     * else 1.
     *
     * @param spec a resolved spec
     */
    int smallestTrainingBatch(ModelSpec spec);

    /**
     * Returns how many of PyTorch's threads it can use at most: where an operation takes microseconds, threads that wait for each
     * other cost more than they do.
     *
     * @param spec a resolved spec
     */
    default int mostThreads(ModelSpec spec) {
        return Integer.MAX_VALUE;
    }

    /**
     * Whether the shapes of the network's tensors are known for rows of this shape.
     *
     * @param rows {@code null} if the data is not known
     */
    boolean isDefinedFor(@Nullable RowShape rows);

    /**
     * Builds the network with all values zero.
     *
     * @param spec a resolved spec
     * @param rows the shape of the data's rows, which the network {@link #isDefinedFor}
     * @param manager owns the parameters, which are on its device
     */
    Network build(ModelSpec spec, @Nullable RowShape rows, NDManager manager);

    /** Returns torchvision's ImageNet weights, its default first; empty if there are none. */
    List<ImageNetWeights> imageNetWeights();
}

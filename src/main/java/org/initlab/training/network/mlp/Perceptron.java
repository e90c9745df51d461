package org.initlab.training.network.mlp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.initlab.training.network.Network;
import org.initlab.training.network.TensorNames;
import org.initlab.training.network.layers.Dropout;
import org.initlab.training.network.layers.Gelu;
import org.initlab.training.network.layers.Layer;
import org.initlab.training.network.layers.Linear;
import org.initlab.training.network.layers.Parameter;
import org.initlab.training.network.layers.Relu;
import org.initlab.training.network.layers.Sequence;
import org.initlab.training.network.layers.Silu;
import org.initlab.training.spec.ModelSpec.Activation;

/**
 * The hidden layers of a multilayer perceptron, from rows of shape (N, features): each a {@code Linear}, an activation
 * and dropout, named as in a {@code torch.nn.Sequential} of these and the head, as torchvision's {@code MLP} is one.
 */
final class Perceptron implements Network {
    private static final int MODULES = 3;
    private static final int MODULES_WITHOUT_DROPOUT = 2;

    private final Sequence layers = new Sequence();
    private final int hidden;
    private final int outputs;

    /**
     * Builds the layers with all values zero.
     *
     * @param manager owns the parameters
     * @param features the numbers in a row
     * @param hidden the widths of the layers
     * @param dropout the rate after each
     */
    Perceptron(NDManager manager, int features, List<Integer> hidden, Activation activation, double dropout) {
        Layer bend = layer(activation, manager);
        int inputs = features;
        for (int width : hidden) {
            layers.add(Linear.pytorchDefault(manager, inputs, width)).add(bend).add(new Dropout(dropout));
            inputs = width;
        }
        this.hidden = hidden.size();
        outputs = inputs;
    }

    private static Layer layer(Activation activation, NDManager manager) {
        return switch (activation) {
            case RELU -> new Relu();
            case GELU -> new Gelu();
            case SILU -> new Silu(manager);
        };
    }

    @Override
    public NDArray apply(NDArray rows, boolean training) {
        return layers.apply(rows, training);
    }

    @Override
    public int outputs() {
        return outputs;
    }

    /**
     * Its own, as if dropout had a module whatever its rate. Files may lack these modules, and may have the hidden
     * layers as {@code backbone} and the head as {@code output}.
     */
    @Override
    public TensorNames names() {
        String head = MODULES * hidden + ".";
        IntUnaryOperator same = index -> index;
        IntUnaryOperator closer = index -> index / MODULES * MODULES_WITHOUT_DROPOUT;
        return new TensorNames(
                "",
                head,
                true,
                List.of(
                        name -> Optional.of(renumbered(name, same)),
                        name -> Optional.of(renumbered(name, closer)),
                        name -> Optional.of(split(name, head, same)),
                        name -> Optional.of(split(name, head, closer))));
    }

    private static String split(String name, String head, IntUnaryOperator index) {
        return name.startsWith(head)
                ? "output." + name.substring(head.length())
                : "backbone." + renumbered(name, index);
    }

    private static String renumbered(String name, IntUnaryOperator index) {
        int dot = name.indexOf('.');
        return index.applyAsInt(Integer.parseInt(name.substring(0, dot))) + name.substring(dot);
    }

    @Override
    public Map<String, Parameter> parameters() {
        return layers.parameters();
    }

    @Override
    public void initialize(NDManager cpu) {
        layers.initialize(cpu);
    }
}

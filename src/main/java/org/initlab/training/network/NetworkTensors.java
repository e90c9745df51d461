package org.initlab.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.RowShape;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.Misfit;
import org.initlab.training.weights.Outline;
import org.jspecify.annotations.Nullable;

/**
 * What a classifier's tensors are called and how large they are, known without PyTorch and without their memory.
 *
 * @param names its names and those in files
 * @param shapes by the names of {@link BinaryClassifier#stateDict()}, in its order
 */
public record NetworkTensors(TensorNames names, Map<String, long[]> shapes) {

    /**
     * Lists a network's tensors and its head's.
     *
     * @param spec resolved by the architecture
     * @param rows the shape of the data's rows, which the network is defined for
     */
    public static NetworkTensors of(Architecture architecture, ModelSpec spec, @Nullable RowShape rows) {
        Network network = architecture.build(spec, rows, ShapesOnly.manager());
        TensorNames names = network.names();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        network.parameters()
                .forEach((name, parameter) -> shapes.put(
                        names.network() + name, parameter.array().getShape().getShape()));
        shapes.put(names.head() + "weight", new long[] {1, network.outputs()});
        shapes.put(names.head() + "bias", new long[] {1});
        return new NetworkTensors(names, shapes);
    }

    /** Returns the shapes by all names that a file may have for the tensors. */
    public Map<String, long[]> byEveryName() {
        Map<String, long[]> all = new LinkedHashMap<>(shapes);
        for (Map<String, String> spelling : WeightsFit.spellings(names, shapes)) {
            spelling.forEach((inFile, own) -> all.putIfAbsent(inFile, shapes.get(own)));
        }
        return all;
    }

    /**
     * Checks that what a file holds fills the network, and the head if it is there.
     *
     * @throws TrainingException naming the missing, unknown and misshapen tensors
     */
    public void requireFit(Outline file) {
        WeightsFit fit = WeightsFit.of(names, shapes, file.shapes());
        Map<String, long[]> needed = new LinkedHashMap<>();
        fit.own().forEach((inFile, own) -> {
            if (fit.hasHead() || !fit.head().contains(inFile)) {
                needed.put(inFile, shapes.get(own));
            }
        });
        Map<String, long[]> given = new LinkedHashMap<>(file.shapes());
        given.keySet().removeIf(fit::leavesOut);
        Misfit.of(needed, new Outline(given, file.unread(), file.ownNames(), file.warning()))
                .ifPresent(misfit -> {
                    throw new TrainingException(misfit);
                });
    }

    /** Arrays that are nothing but a shape, as far as the building of a network needs one. */
    private static final class ShapesOnly {
        static NDManager manager() {
            return proxy(NDManager.class, (self, method, args) -> switch (method.getName()) {
                case "zeros", "ones", "create" -> array((Shape) args[0]);
                default -> other(method.getName());
            });
        }

        private static NDArray array(Shape shape) {
            return proxy(NDArray.class, (self, method, args) -> switch (method.getName()) {
                case "getShape" -> shape;
                case "transpose" ->
                    array(new Shape(
                            Arrays.stream((int[]) args[0]).mapToLong(shape::get).toArray()));
                default -> other(method.getName());
            });
        }

        private static Object other(String method) {
            if (method.equals("close") || method.startsWith("set") || method.equals("attach")) {
                return null;
            }
            throw new UnsupportedOperationException("a network's constructor uses " + method);
        }

        private static <T> T proxy(Class<T> type, InvocationHandler handler) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }
    }
}

package org.initlab.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.weights.Misfit;
import org.initlab.training.weights.Outline;

/**
 * What a classifier's tensors are called and how large they are, known without PyTorch and without their memory.
 *
 * @param shapes by the names of {@link BinaryClassifier#stateDict()}, in its order
 */
public record NetworkTensors(Map<String, long[]> shapes) {

    /**
     * Lists a network's tensors and its head's.
     *
     * @param spec resolved by the architecture
     */
    public static NetworkTensors of(Architecture architecture, ModelSpec spec) {
        Network network = architecture.build(spec, ShapesOnly.manager());
        Map<String, long[]> shapes = new LinkedHashMap<>();
        network.parameters()
                .forEach((name, parameter) -> shapes.put(
                        ModelWeights.BACKBONE + name,
                        parameter.array().getShape().getShape()));
        shapes.put(ModelWeights.HEAD + "weight", new long[] {1, network.outputs()});
        shapes.put(ModelWeights.HEAD + "bias", new long[] {1});
        return new NetworkTensors(shapes);
    }

    /** Returns the shapes by all names that a file may have for the tensors: the classifier's own, and the backbone's without it. */
    public Map<String, long[]> byEveryName() {
        Map<String, long[]> all = new LinkedHashMap<>(shapes);
        withoutPrefix().forEach(all::putIfAbsent);
        return all;
    }

    /**
     * Checks that {@link ModelWeights#of} what a file holds fills the network.
     *
     * @throws TrainingException naming the missing, unknown and misshapen tensors
     */
    public void requireFit(Outline file) {
        Set<String> names = file.shapes().keySet();
        Map<String, long[]> needed = withoutPrefix();
        if (ModelWeights.anyStartsWith(names, ModelWeights.BACKBONE)) {
            needed = new LinkedHashMap<>(shapes);
            if (!ModelWeights.anyStartsWith(names, ModelWeights.HEAD)) {
                needed.keySet().removeIf(name -> name.startsWith(ModelWeights.HEAD));
            }
        }
        Misfit.of(needed, file).ifPresent(misfit -> {
            throw new TrainingException(misfit);
        });
    }

    private Map<String, long[]> withoutPrefix() {
        Map<String, long[]> backbone = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> {
            if (name.startsWith(ModelWeights.BACKBONE)) {
                backbone.put(name.substring(ModelWeights.BACKBONE.length()), shape);
            }
        });
        return backbone;
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

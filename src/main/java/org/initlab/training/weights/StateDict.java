package org.initlab.training.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named tensors in their order, like PyTorch's {@code state_dict()}.
 *
 * @param tensors by name, unmodifiable
 */
public record StateDict(Map<String, Tensor> tensors) {

    /**
     * One tensor.
     *
     * @param shape its dimensions; empty for a scalar
     * @param values its elements, row-major (NCHW for a convolution's weight, whatever its memory layout was)
     * @param type what the elements are written as; other than {@link DType#F32} if they are whole numbers
     */
    public record Tensor(long[] shape, float[] values, DType type) {
        /** A tensor of float32. */
        public Tensor(long[] shape, float[] values) {
            this(shape, values, DType.F32);
        }

        public Tensor {
            long elements = 1;
            for (long dimension : shape) {
                if (dimension < 0) {
                    throw new IllegalArgumentException("a dimension of " + dimension);
                }
                elements = Math.multiplyExact(elements, dimension);
            }
            if (elements != values.length) {
                throw new IllegalArgumentException("a shape of " + elements + " elements for " + values.length);
            }
        }
    }

    public StateDict {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }
}

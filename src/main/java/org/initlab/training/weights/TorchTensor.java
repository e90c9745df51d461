package org.initlab.training.weights;

import static org.initlab.text.Counts.counted;

import org.initlab.training.weights.StateDict.Tensor;

/**
 * A strided view of a storage, as {@code torch._utils._rebuild_tensor_v2} takes it.
 *
 * @param offset the position of its first element in the storage
 * @param strides for each dimension, how many elements apart two neighbouring indices are in the storage
 */
record TorchTensor(TorchStorage storage, long offset, long[] shape, long[] strides) implements Shaped {
    /** Refuses a view that reaches outside of its storage. */
    void check(String name) throws WeightsFormatException {
        if (shape.length != strides.length) {
            throw new WeightsFormatException(
                    name + " has " + counted(shape.length, "dimension") + " and " + counted(strides.length, "stride"));
        }
        if (ElementBudget.elements(name, shape) == 0) {
            return;
        }
        if (offset < 0 || lastElement(name) >= storage.elements()) {
            throw new WeightsFormatException(name + " reaches outside its storage " + storage.key());
        }
    }

    private long lastElement(String name) throws WeightsFormatException {
        long last = offset;
        try {
            for (int d = 0; d < shape.length; d++) {
                if (strides[d] < 0) {
                    throw new WeightsFormatException(name + " has a negative stride, " + strides[d]);
                }
                last = Math.addExact(last, Math.multiplyExact(shape[d] - 1, strides[d]));
            }
        } catch (ArithmeticException e) {
            throw new WeightsFormatException("the strides of " + name + " overflow 64 bits", e);
        }
        return last;
    }

    /** Copies the view's elements, row-major. */
    Tensor gather(float[] storage, int elements) {
        float[] values = new float[elements];
        long[] index = new long[shape.length];
        long position = offset;
        for (int i = 0; i < elements; i++) {
            values[i] = storage[(int) position];
            for (int d = shape.length - 1; d >= 0; d--) {
                position += strides[d];
                if (++index[d] < shape[d]) {
                    break;
                }
                position -= strides[d] * shape[d];
                index[d] = 0;
            }
        }
        return new Tensor(shape, values);
    }
}

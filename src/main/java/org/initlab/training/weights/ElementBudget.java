package org.initlab.training.weights;

/** Bounds the elements that one file may unfold to, so that a hostile file ends in a message, not out of memory. */
final class ElementBudget {
    /** Four times EfficientNet-B7's parameters: room for its checkpoint with both of Adam's moments. */
    private static final long MOST_ELEMENTS = 1L << 28;

    /** Of the heap: all tensors, and beside them one storage that they are views of. */
    private static final int SHARE = 3;

    private final long limit = Math.min(MOST_ELEMENTS, Runtime.getRuntime().maxMemory() / SHARE / Float.BYTES);
    private long taken;

    /**
     * Takes elements from the budget.
     *
     * @return their number, which fits an array
     */
    int take(String name, long elements) throws WeightsFormatException {
        if (elements > limit - taken) {
            throw new WeightsFormatException(name + " brings the file above " + limit
                    + " elements, the most that is read; give the service more memory (-Xmx) if the file is right");
        }
        taken += elements;
        return (int) elements;
    }

    /** The number of elements of a shape that a file claims. */
    static long elements(String name, long[] shape) throws WeightsFormatException {
        long elements = 1;
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new WeightsFormatException(name + " has a negative dimension, " + dimension);
            }
            try {
                elements = Math.multiplyExact(elements, dimension);
            } catch (ArithmeticException e) {
                throw new WeightsFormatException("the shape of " + name + " overflows 64 bits", e);
            }
        }
        return elements;
    }
}

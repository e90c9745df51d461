package org.initlab.training.weights;

/**
 * Limits how many elements one file may expand to, so that a hostile file ends in an error message, not out of memory.
 */
final class ElementBudget {
    /** Four times EfficientNet-B7's parameters: room for its checkpoint with both of Adam's moments. */
    private static final long MOST_ELEMENTS = 1L << 28;

    /** The share of the heap for all tensors; one storage that they are views of needs room next to them. */
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
            throw new WeightsFormatException(name + " takes the file over the limit of " + limit
                    + " elements; if the file is right, give the service more memory (-Xmx)");
        }
        taken += elements;
        return (int) elements;
    }

    /** The number of elements in a shape that a file claims. */
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

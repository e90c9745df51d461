package org.initlab.training.spec;

/** The filters of PIL's {@code Image.resize}. */
public enum Interpolation {
    /** A triangle over one pixel to each side. */
    BILINEAR(1) {
        @Override
        public double weight(double distance) {
            return Math.max(0, 1 - Math.abs(distance));
        }
    },
    /** Keys's cubic with a = −0.5 over two pixels to each side. */
    BICUBIC(2) {
        private static final double A = -0.5;

        @Override
        public double weight(double distance) {
            double x = Math.abs(distance);
            if (x < 1) {
                return ((A + 2) * x - (A + 3)) * x * x + 1;
            }
            return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
        }
    };

    private final int support;

    Interpolation(int support) {
        this.support = support;
    }

    /** How far the filter reaches to each side, in pixels of the coarser image. */
    public int support() {
        return support;
    }

    /** The filter's value at a distance in pixels of the coarser image. */
    public abstract double weight(double distance);
}

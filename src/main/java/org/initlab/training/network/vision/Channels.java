package org.initlab.training.network.vision;

/** Numbers of channels that hardware likes. */
public final class Channels {
    private static final int DIVISOR = 8;

    private Channels() {}

    /** Rounds to a multiple of eight, at most a tenth below the exact value: torchvision's {@code _make_divisible}. */
    public static int divisible(double exact) {
        int nearest = (int) (exact + DIVISOR / 2.0) / DIVISOR * DIVISOR;
        int rounded = Math.max(DIVISOR, nearest);
        return rounded < 0.9 * exact ? rounded + DIVISOR : rounded;
    }
}

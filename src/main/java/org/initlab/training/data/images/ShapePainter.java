package org.initlab.training.data.images;

import java.util.SplittableRandom;

/**
 * Draws one shape of random colour, size and position on a background of random colour, under noise. It uses integers
 * only, so that every processor draws the same.
 */
final class ShapePainter {
    static final int SIDE = 32;
    static final int CHANNELS = 3;

    private static final Shape[] OTHERS = {Shape.DISC, Shape.SQUARE, Shape.CROSS};
    private static final int MIN_RADIUS = 6;
    private static final int RADII = 6;
    private static final int MIN_CONTRAST = 30;
    private static final int CONTRASTS = 60;

    private final SplittableRandom random;

    ShapePainter(SplittableRandom random) {
        this.random = random;
    }

    /** A number from 0 to {@code bound − 1}; only the generator's longs are the same in every Java version. */
    int below(int bound) {
        return (int) (((random.nextLong() >>> 32) * bound) >>> 32);
    }

    /** Fills one image's bytes, NHWC. */
    void paint(boolean ring, byte[] pixels, int offset) {
        Shape shape = ring ? Shape.RING : OTHERS[below(OTHERS.length)];
        int radius = MIN_RADIUS + below(RADII);
        int x = radius + below(SIDE - 2 * radius);
        int y = radius + below(SIDE - 2 * radius);
        int[] background = new int[CHANNELS];
        int[] foreground = new int[CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            int contrast = MIN_CONTRAST + below(CONTRASTS);
            background[c] = MIN_CONTRAST + CONTRASTS + below(256 - 2 * (MIN_CONTRAST + CONTRASTS));
            foreground[c] = background[c] + (below(2) == 0 ? contrast : -contrast);
        }
        int at = offset;
        for (int i = 0; i < SIDE * SIDE; i++) {
            int[] colour = shape.covers(i % SIDE - x, i / SIDE - y, radius) ? foreground : background;
            at = fill(colour, pixels, at);
        }
    }

    /** One pixel under noise; the bytes of one random number serve all its channels. */
    private int fill(int[] colour, byte[] pixels, int offset) {
        long noise = random.nextLong();
        for (int c = 0; c < CHANNELS; c++) {
            int value = colour[c] + (byte) (noise >>> (8 * c)) / 2;
            pixels[offset + c] = (byte) Math.max(0, Math.min(255, value));
        }
        return offset + CHANNELS;
    }

    /** The shapes; positions are relative to the centre. */
    private enum Shape {
        RING {
            @Override
            boolean covers(int x, int y, int radius) {
                int hole = radius * 5 / 8;
                return x * x + y * y <= radius * radius && x * x + y * y > hole * hole;
            }
        },
        DISC {
            @Override
            boolean covers(int x, int y, int radius) {
                return x * x + y * y <= radius * radius;
            }
        },
        SQUARE {
            @Override
            boolean covers(int x, int y, int radius) {
                return Math.max(Math.abs(x), Math.abs(y)) <= radius * 7 / 8;
            }
        },
        CROSS {
            @Override
            boolean covers(int x, int y, int radius) {
                int arm = radius / 3;
                return Math.max(Math.abs(x), Math.abs(y)) <= radius && Math.min(Math.abs(x), Math.abs(y)) <= arm;
            }
        };

        abstract boolean covers(int x, int y, int radius);
    }
}

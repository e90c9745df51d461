package org.initlab.training.data;

import java.util.List;
import java.util.SplittableRandom;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.TrainingException;

/**
 * Images made on the spot, for trying imbalance at any rate: a ring, or another shape, in noise. The same spec gives the same
 * images in every process.
 */
final class Synthetic implements DatasetSource {
    static final int MAX_ROWS = 200_000;

    private static final List<String> CLASSES = List.of("other", "ring");
    private static final int RING = 1;
    private static final int DEFAULT_TRAIN_ROWS = 5000;
    private static final int DEFAULT_TEST_ROWS = 1000;
    private static final double DEFAULT_RATE = 0.1;
    private static final long TRAIN_SEED = 1;
    private static final long TEST_SEED = 2;
    private static final int PROGRESS_ROWS = 1000;

    @Override
    public DatasetInfo info() {
        int side = ShapePainter.SIDE;
        PositiveClass ring = new PositiveClass(RING, CLASSES.get(RING));
        return new DatasetInfo("synthetic", CLASSES, ring, side, side, ShapePainter.CHANNELS, null, null, true, null);
    }

    @Override
    public DatasetSpec resolved(DatasetSpec spec) {
        return new DatasetSpec(
                spec.name(),
                spec.positiveClass(),
                spec.trainLimit() == null ? (Integer) DEFAULT_TRAIN_ROWS : spec.trainLimit(),
                spec.testLimit() == null ? (Integer) DEFAULT_TEST_ROWS : spec.testLimit(),
                spec.positiveRate() == null ? (Double) DEFAULT_RATE : spec.positiveRate(),
                spec.path());
    }

    @Override
    public boolean madeToOrder() {
        return true;
    }

    @Override
    public Object cacheKey(LoadRequest request) {
        return request.spec();
    }

    @Override
    public Splits read(LoadRequest request) {
        DatasetSpec spec = request.spec();
        return new Splits(
                generate("train", spec.trainLimit(), TRAIN_SEED, request),
                generate("test", spec.testLimit(), TEST_SEED, request));
    }

    private static ImageSplit generate(String split, int rows, long seed, LoadRequest request) {
        if (rows < 2 || rows > MAX_ROWS) {
            throw new TrainingException(String.format(
                    "%sLimit %,d: synthetic images come in 2 to %,d rows a split", split, rows, MAX_ROWS));
        }
        ImageSplit images = ImageSplit.allocate(rows, ShapePainter.SIDE, ShapePainter.SIDE, ShapePainter.CHANNELS);
        ShapePainter painter = new ShapePainter(new SplittableRandom(seed));
        int positive = request.positiveClass().index();
        int positivesLeft = positives(rows, request.spec().positiveRate());
        for (int row = 0; row < rows; row++) {
            boolean isPositive = painter.below(rows - row) < positivesLeft;
            positivesLeft -= isPositive ? 1 : 0;
            images.labels()[row] = isPositive ? positive : 1 - positive;
            painter.paint(images.labels()[row] == RING, images.pixels(), row * images.imageBytes());
            if (row % PROGRESS_ROWS == 0) {
                request.onProgress().run();
            }
        }
        return images;
    }

    /** The nearest number of rows to the rate, with at least one row of each class. */
    private static int positives(int rows, double rate) {
        long nearest = Math.round(rows * rate);
        return (int) Math.max(1, Math.min(rows - 1, nearest));
    }
}

package org.initlab.training.data.images;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.data.DatasetSource;
import org.initlab.training.data.DecodedSplits;
import org.initlab.training.data.LoadRequest;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.SplitClasses;
import org.initlab.training.data.Splits;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.TrainingException;

/**
 * Generated images, for trying imbalance at any rate: a ring, or another shape, in noise. The same spec gives the same
 * images in every process.
 */
public final class Synthetic implements DatasetSource {
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
        ImageShape shape = new ImageShape(ShapePainter.SIDE, ShapePainter.SIDE, ShapePainter.CHANNELS);
        PositiveClass ring = new PositiveClass(RING, CLASSES.get(RING));
        return new DatasetInfo("synthetic", CLASSES, ring, shape, null, null, true, null);
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
    public Object version(DatasetSpec spec) {
        return spec;
    }

    /** Gives the right counts only; the order of the rows comes with the images. */
    @Override
    public SplitClasses classes(DatasetSpec spec, PositiveClass positiveClass) {
        return new SplitClasses(
                classes("train", spec.trainLimit(), spec.positiveRate(), positiveClass.index()),
                classes("test", spec.testLimit(), spec.positiveRate(), positiveClass.index()));
    }

    private static int[] classes(String split, int rows, double rate, int positive) {
        requireRows(split, rows);
        int[] classes = new int[rows];
        int positives = positives(rows, rate);
        Arrays.fill(classes, 0, positives, positive);
        Arrays.fill(classes, positives, rows, 1 - positive);
        return classes;
    }

    @Override
    public Splits read(LoadRequest request) {
        DatasetSpec spec = request.spec();
        return new DecodedSplits(
                generate("train", spec.trainLimit(), TRAIN_SEED, request),
                generate("test", spec.testLimit(), TEST_SEED, request));
    }

    private static Images generate(String split, int rows, long seed, LoadRequest request) {
        requireRows(split, rows);
        Images images = Images.allocate(rows, ShapePainter.SIDE, ShapePainter.SIDE, ShapePainter.CHANNELS);
        ShapePainter painter = new ShapePainter(new SplittableRandom(seed));
        int positive = request.positiveClass().index();
        int positivesLeft = positives(rows, request.spec().positiveRate());
        for (int row = 0; row < rows; row++) {
            boolean isPositive = painter.below(rows - row) < positivesLeft;
            positivesLeft -= isPositive ? 1 : 0;
            images.classes()[row] = isPositive ? positive : 1 - positive;
            painter.paint(images.classes()[row] == RING, images.pixels(), row * images.imageBytes());
            if (row % PROGRESS_ROWS == 0) {
                request.onProgress().run();
            }
        }
        return images;
    }

    private static void requireRows(String split, int rows) {
        if (rows < 2 || rows > MAX_ROWS) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "%sLimit %,d: synthetic images come in 2 to %,d rows per split",
                    split,
                    rows,
                    MAX_ROWS));
        }
    }

    /** The nearest number of rows to the rate, with at least one row of each class. */
    private static int positives(int rows, double rate) {
        long nearest = Math.round(rows * rate);
        return (int) Math.max(1, Math.min(rows - 1, nearest));
    }
}

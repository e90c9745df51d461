package org.initlab.training.data.images;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.data.DatasetSource;
import org.initlab.training.data.LoadRequest;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.SplitClasses;
import org.initlab.training.data.Splits;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.data.cache.RowSequence;
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
    private static final ImageShape SHAPE = new ImageShape(ShapePainter.SIDE, ShapePainter.SIDE, ShapePainter.CHANNELS);
    /** Raised whenever the same spec may give other images than before. */
    private static final String PAINTER = "1";

    private final StreamedImages images;

    public Synthetic(RowCache cache) {
        images = new StreamedImages(cache, SHAPE);
    }

    @Override
    public DatasetInfo info() {
        PositiveClass ring = new PositiveClass(RING, CLASSES.get(RING));
        return new DatasetInfo("synthetic", CLASSES, ring, SHAPE, null, null, true, null);
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
        requireRows("train", spec.trainLimit());
        requireRows("test", spec.testLimit());
        int positive = request.positiveClass().index();
        return images.open(
                part(new Drawn(TRAIN_SEED, spec.trainLimit(), spec.positiveRate(), positive)),
                part(new Drawn(TEST_SEED, spec.testLimit(), spec.positiveRate(), positive)),
                request);
    }

    private static StreamedImages.Part part(Drawn rows) {
        return new StreamedImages.Part(List.of("synthetic", PAINTER, rows.toString()), rows.count(), rows);
    }

    /** The images of one split, all drawn from one stream of random numbers. */
    private record Drawn(long seed, int count, double rate, int positive) implements RowSequence {

        @Override
        public String name() {
            return "synthetic";
        }

        @Override
        public int stamp() {
            return 1;
        }

        @Override
        public Reader open() {
            return new Painted(new ShapePainter(new SplittableRandom(seed)));
        }

        private final class Painted implements Reader {
            private final ShapePainter painter;
            private int left = count;
            private int positivesLeft = positives(count, rate);

            private Painted(ShapePainter painter) {
                this.painter = painter;
            }

            @Override
            public int next(byte[] into, int at) {
                boolean isPositive = painter.below(left) < positivesLeft;
                left--;
                positivesLeft -= isPositive ? 1 : 0;
                int rowClass = isPositive ? positive : 1 - positive;
                painter.paint(rowClass == RING, into, at);
                return rowClass;
            }

            @Override
            public void close() {}
        }
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

package org.initlab.training.data.images;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
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

/** The 8×8 hand-written digits that ship with the service: the first 1,437 rows to train, the last 360 to test. */
public final class Digits implements DatasetSource {
    private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    private static final String RESOURCE = "digits.csv.gz";
    private static final int SIDE = 8;
    private static final int TRAIN_ROWS = 1437;
    private static final int TEST_ROWS = 360;
    private static final int DARKEST = 16;
    private static final ImageShape SHAPE = new ImageShape(SIDE, SIDE, 1);
    private static final Lines TRAIN = new Lines(0, TRAIN_ROWS);
    private static final Lines TEST = new Lines(TRAIN_ROWS, TEST_ROWS);
    /** Raised whenever the resource changes, or is decoded to other pixels than before. */
    private static final String DECODER = "1";

    private final StreamedImages images;

    public Digits(RowCache cache) {
        images = new StreamedImages(cache, SHAPE);
    }

    @Override
    public DatasetInfo info() {
        return new DatasetInfo("digits", CLASSES, new PositiveClass(0, "0"), SHAPE, TRAIN_ROWS, TEST_ROWS, true, null);
    }

    @Override
    public Object version(DatasetSpec spec) {
        return RESOURCE;
    }

    @Override
    public SplitClasses classes(DatasetSpec spec, PositiveClass positiveClass) {
        return new SplitClasses(TRAIN.classes(), TEST.classes());
    }

    @Override
    public Splits read(LoadRequest request) {
        return images.open(part(TRAIN), part(TEST), request);
    }

    private static StreamedImages.Part part(Lines lines) {
        return new StreamedImages.Part(List.of("digits", DECODER, lines.toString()), lines.count(), lines);
    }

    /** Some lines of the resource: the values of the pixels, then the class. */
    private record Lines(int first, int count) implements RowSequence {

        @Override
        public String name() {
            return RESOURCE;
        }

        /** What is in the service's own file is known by {@link #DECODER}. */
        @Override
        public int stamp() {
            return 1;
        }

        int[] classes() {
            int[] classes = new int[count];
            byte[] pixels = new byte[SIDE * SIDE];
            try (Reader reader = open()) {
                for (int row = 0; row < count; row++) {
                    classes[row] = reader.next(pixels, 0);
                }
                return classes;
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        @Override
        public Reader open() {
            try {
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Digits.class.getResourceAsStream(RESOURCE)), StandardCharsets.US_ASCII));
                for (int line = 0; line < first; line++) {
                    lines.readLine();
                }
                return new Parsed(lines);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        private static UncheckedIOException unreadable(IOException e) {
            return new UncheckedIOException("cannot read the resource " + RESOURCE, e);
        }

        private record Parsed(BufferedReader lines) implements Reader {
            @Override
            public int next(byte[] into, int at) {
                try {
                    String[] values = lines.readLine().split(",", -1);
                    for (int i = 0; i < SIDE * SIDE; i++) {
                        into[at + i] = (byte) (Integer.parseInt(values[i]) * 255 / DARKEST);
                    }
                    return Integer.parseInt(values[SIDE * SIDE]);
                } catch (IOException e) {
                    throw unreadable(e);
                }
            }

            @Override
            public void close() throws IOException {
                lines.close();
            }
        }
    }
}

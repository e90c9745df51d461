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
import org.initlab.training.data.DecodedSplits;
import org.initlab.training.data.LoadRequest;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.SplitClasses;
import org.initlab.training.data.Splits;
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

    @Override
    public DatasetInfo info() {
        return new DatasetInfo(
                "digits",
                CLASSES,
                new PositiveClass(0, "0"),
                new ImageShape(SIDE, SIDE, 1),
                TRAIN_ROWS,
                TEST_ROWS,
                true,
                null);
    }

    @Override
    public Object version(DatasetSpec spec) {
        return RESOURCE;
    }

    @Override
    public SplitClasses classes(DatasetSpec spec, PositiveClass positiveClass) {
        Splits splits = read();
        return new SplitClasses(splits.train().classes(), splits.test().classes());
    }

    @Override
    public Splits read(LoadRequest request) {
        return read();
    }

    private static Splits read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Digits.class.getResourceAsStream(RESOURCE)), StandardCharsets.US_ASCII))) {
            return new DecodedSplits(readRows(lines, TRAIN_ROWS), readRows(lines, TEST_ROWS));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
        }
    }

    private static Images readRows(BufferedReader lines, int rows) throws IOException {
        Images split = Images.allocate(rows, SIDE, SIDE, 1);
        for (int row = 0; row < rows; row++) {
            String[] values = lines.readLine().split(",", -1);
            for (int i = 0; i < split.imageBytes(); i++) {
                int grey = Integer.parseInt(values[i]) * 255 / DARKEST;
                split.pixels()[row * split.imageBytes() + i] = (byte) grey;
            }
            split.classes()[row] = Integer.parseInt(values[split.imageBytes()]);
        }
        return split;
    }
}

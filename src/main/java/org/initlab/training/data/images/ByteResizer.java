package org.initlab.training.data.images;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.Arrays;
import org.initlab.training.spec.ImageTransform;

/** Resizes and crops RGB images of one size with PIL's fixed-point arithmetic (Resample.c), to the bit. Thread-safe. */
final class ByteResizer {
    private static final int CHANNELS = RgbImage.CHANNELS;
    private static final int PRECISION_BITS = 22;
    private static final int HALF = 1 << (PRECISION_BITS - 1);
    private static final long VERY_TALL = 100;

    /** Most images of a folder have one of a few sizes. */
    private static final LoadingCache<Sizes, ByteResizer> KNOWN =
            Caffeine.newBuilder().maximumSize(32).executor(Runnable::run).build(ByteResizer::new);

    private record Sizes(ImageTransform transform, int height, int width) {}

    private final ResizeWeights rows;
    private final ResizeWeights columns;
    private final int[][] rowFactors;
    private final int[][] columnFactors;
    /** The image's rows that the output depends on. */
    private final int firstRow;

    private final int rowCount;
    /** PIL otherwise begins with the columns, but not of an image more than 100 times as high as wide. */
    private final boolean rowsFirst;

    private ByteResizer(Sizes sizes) {
        rows = ResizeWeights.rows(sizes.transform(), sizes.height(), sizes.width());
        columns = ResizeWeights.columns(sizes.transform(), sizes.height(), sizes.width());
        rowFactors = factors(rows);
        columnFactors = factors(columns);
        firstRow = rows.first()[0];
        int last = rows.outputs() - 1;
        rowCount = rows.first()[last] + rowFactors[last].length - firstRow;
        rowsFirst = sizes.height() > VERY_TALL * sizes.width()
                && sizes.transform().resized(sizes.height(), sizes.width()) < sizes.height();
    }

    private static int[][] factors(ResizeWeights side) {
        return Arrays.stream(side.weights())
                .map(row -> Arrays.stream(row)
                        .mapToInt(weight -> (int) Math.round(weight * (1 << PRECISION_BITS)))
                        .toArray())
                .toArray(int[][]::new);
    }

    /** The resizer for images of a size. */
    static ByteResizer of(ImageTransform transform, int height, int width) {
        return KNOWN.get(new Sizes(transform, height, width));
    }

    /**
     * Transforms an image.
     *
     * @param pixels of the size that this is for
     * @param offset where the transform's square goes in {@code target}
     */
    void apply(byte[] pixels, byte[] target, int offset) {
        int line = columns.outputs() * CHANNELS;
        if (rowsFirst) {
            byte[] low = new byte[rows.outputs() * columns.input() * CHANNELS];
            weighLines(pixels, 0, columns.input() * CHANNELS, low, 0);
            resizeLines(low, 0, rows.outputs(), target, offset);
            return;
        }
        byte[] wide = pixels;
        int skipped = 0;
        if (!columns.isIdentity()) {
            wide = new byte[rowCount * line];
            skipped = firstRow;
            resizeLines(pixels, firstRow, rowCount, wide, 0);
        }
        if (rows.isIdentity()) {
            System.arraycopy(wide, 0, target, offset, rows.outputs() * line);
        } else {
            weighLines(wide, skipped, line, target, offset);
        }
    }

    private void resizeLines(byte[] from, int first, int count, byte[] to, int offset) {
        int at = offset;
        for (int row = first; row < first + count; row++) {
            int line = row * columns.input() * CHANNELS;
            for (int i = 0; i < columnFactors.length; i++) {
                int pixel = line + columns.first()[i] * CHANNELS;
                int red = HALF;
                int green = HALF;
                int blue = HALF;
                for (int factor : columnFactors[i]) {
                    red += factor * (from[pixel] & 0xFF);
                    green += factor * (from[pixel + 1] & 0xFF);
                    blue += factor * (from[pixel + 2] & 0xFF);
                    pixel += CHANNELS;
                }
                to[at] = clip(red);
                to[at + 1] = clip(green);
                to[at + 2] = clip(blue);
                at += CHANNELS;
            }
        }
    }

    /** Sums whole lines, which the compiler turns into vectors. */
    private void weighLines(byte[] from, int skipped, int line, byte[] to, int offset) {
        int[] sums = new int[line];
        for (int i = 0; i < rowFactors.length; i++) {
            Arrays.fill(sums, HALF);
            int start = (rows.first()[i] - skipped) * line;
            for (int factor : rowFactors[i]) {
                for (int c = 0; c < line; c++) {
                    sums[c] += factor * (from[start + c] & 0xFF);
                }
                start += line;
            }
            for (int c = 0; c < line; c++) {
                to[offset + i * line + c] = clip(sums[c]);
            }
        }
    }

    private static byte clip(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> PRECISION_BITS));
    }
}

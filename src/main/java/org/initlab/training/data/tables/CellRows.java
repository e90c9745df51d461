package org.initlab.training.data.tables;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of cells of four bytes, in pages that are in the heap or on disk; nothing changes them once they are there. Thread-safe. */
final class CellRows {
    /** Small enough to be no burden for the collector, even in a small heap. */
    private static final int PAGE_CELLS = 1 << 16;

    private final int width;
    /** The lower bits of a row's number say where it is in its page. */
    private final int bits;

    /** The first pages. */
    private final float[][] inHeap;

    private final FloatBuffer[] onDisk;

    private CellRows(int width, int bits, List<float[]> inHeap, List<FloatBuffer> onDisk) {
        this.width = width;
        this.bits = bits;
        this.inHeap = inHeap.toArray(float[][]::new);
        this.onDisk = onDisk.toArray(FloatBuffer[]::new);
    }

    int width() {
        return width;
    }

    float get(int row, int column) {
        int page = row >> bits;
        int at = inPage(row) + column;
        return page < inHeap.length ? inHeap[page][at] : onDisk[page - inHeap.length].get(at);
    }

    void read(int row, float[] into) {
        copy(row, 0, into, 0, width);
    }

    /**
     * Copies cells of several rows; in one loop, in which the waits for memory overlap.
     *
     * @param count how many rows
     * @param first the first of {@code length} cells of each
     * @param at where those of the first row go; those of the others follow, {@code stride} apart
     */
    void copy(int[] rows, int count, int first, int length, float[] into, int at, int stride) {
        for (int i = 0; i < count; i++) {
            copy(rows[i], first, into, at + i * stride, length);
        }
    }

    private void copy(int row, int first, float[] into, int at, int length) {
        int page = row >> bits;
        if (page < inHeap.length) {
            System.arraycopy(inHeap[page], inPage(row) + first, into, at, length);
        } else {
            onDisk[page - inHeap.length].get(inPage(row) + first, into, at, length);
        }
    }

    private int inPage(int row) {
        return (row & ((1 << bits) - 1)) * width;
    }

    /** Takes rows, one after another. */
    static final class Writer implements AutoCloseable {
        private final TableSpace space;
        private final int width;
        private final int bits;
        private final List<float[]> inHeap = new ArrayList<>();
        private float[] page;
        private int used;
        /** There is one as soon as a page does not fit into the heap. */
        private @Nullable SpillFile file;

        Writer(TableSpace space, int width) {
            this.space = space;
            this.width = width;
            int rows = Integer.highestOneBit(Math.max(1, PAGE_CELLS / width));
            bits = Integer.numberOfTrailingZeros(rows);
            page = new float[rows * width];
        }

        /**
         * Adds a row.
         *
         * @throws org.initlab.training.spec.TrainingException if there is no room on the disk
         */
        void add(float[] row) {
            if (used == page.length) {
                endPage();
            }
            System.arraycopy(row, 0, page, used, width);
            used += width;
        }

        private void endPage() {
            if (file == null && space.fitsIntoHeap((inHeap.size() + 1L) * page.length * Float.BYTES)) {
                inHeap.add(used == page.length ? page : Arrays.copyOf(page, used));
                page = new float[page.length];
            } else {
                file = file == null ? space.file() : file;
                file.write(page, used);
            }
            used = 0;
        }

        /** Ends with the last row. */
        CellRows build() {
            int pageCells = page.length;
            if (used > 0) {
                endPage();
            }
            return new CellRows(width, bits, inHeap, file == null ? List.of() : file.map(pageCells));
        }

        @Override
        public void close() {
            if (file != null) {
                file.close();
            }
        }
    }
}

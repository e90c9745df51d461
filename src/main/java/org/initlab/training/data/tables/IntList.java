package org.initlab.training.data.tables;

import java.util.ArrayList;
import java.util.List;

/** Numbers of which nobody knows how many will come; in blocks, so that adding one never copies the others. */
final class IntList {
    private static final int BITS = 14;
    private static final int BLOCK = 1 << BITS;

    private final List<int[]> blocks = new ArrayList<>();
    private int size;

    void add(int value) {
        if (size == blocks.size() << BITS) {
            blocks.add(new int[BLOCK]);
        }
        blocks.get(size >> BITS)[size & (BLOCK - 1)] = value;
        size++;
    }

    int size() {
        return size;
    }

    int[] toArray() {
        int[] values = new int[size];
        for (int at = 0; at < size; at += BLOCK) {
            System.arraycopy(blocks.get(at >> BITS), 0, values, at, Math.min(BLOCK, size - at));
        }
        return values;
    }
}

package org.initlab.training.data.tables;

import java.util.ArrayList;
import java.util.List;

/** Floats in blocks, so that adding one never copies the others. */
final class FloatList {
    private static final int BITS = 14;
    private static final int BLOCK = 1 << BITS;

    private final List<float[]> blocks = new ArrayList<>();
    private int size;

    void add(float value) {
        if (size == blocks.size() << BITS) {
            blocks.add(new float[BLOCK]);
        }
        blocks.get(size >> BITS)[size & (BLOCK - 1)] = value;
        size++;
    }

    float get(int index) {
        return blocks.get(index >> BITS)[index & (BLOCK - 1)];
    }

    void set(int index, float value) {
        blocks.get(index >> BITS)[index & (BLOCK - 1)] = value;
    }

    int size() {
        return size;
    }
}

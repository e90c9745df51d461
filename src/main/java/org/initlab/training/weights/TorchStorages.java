package org.initlab.training.weights;

import java.io.Closeable;
import java.io.IOException;

/** Where the storages of a file of {@code torch.save} lie. */
interface TorchStorages extends Closeable {
    /** Refuses a storage that is not in the file with the size that the pickle says. */
    void check(TorchStorage storage) throws IOException;

    /** Reads a storage's elements, whose number fits an array. */
    float[] read(TorchStorage storage, int elements) throws IOException;
}

package org.initlab.training.weights;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.initlab.training.weights.StateDict.Tensor;

/** An open weights file, of which only names and shapes have been read. */
interface TensorFile<T extends Shaped> extends Closeable {
    /** Returns all dicts of tensors in it, at least one. */
    List<Container<T>> containers();

    /** Checks that the tensors' elements are in the file, as far as that can be seen without reading them. */
    void check(Map<String, T> tensors) throws IOException;

    /** Reads tensors of one container. */
    Map<String, Tensor> read(Map<String, T> tensors) throws IOException;
}

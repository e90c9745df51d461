package org.initlab.training.network.layers;

import java.util.stream.Stream;

/** Looks into a network. */
public final class LayerTree {
    private LayerTree() {}

    /** Returns all layers of a kind, in order. */
    public static <L extends Layer> Stream<L> all(Class<L> kind, Layer root) {
        Stream<L> below = root.children().values().stream().flatMap(child -> all(kind, child));
        return kind.isInstance(root) ? Stream.concat(Stream.of(kind.cast(root)), below) : below;
    }
}

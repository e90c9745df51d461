package org.initlab.training.network;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a classifier's tensors are called: in its own state dict, and in the files that it can be loaded from.
 *
 * @param network the prefix of the network's names
 * @param head the prefix of the head's
 * @param replaces whether the head is in place of a layer that files may have for other classes
 * @param inFiles each way in which a file may spell the state dict's names, the likeliest first; empty for a tensor that
 *     such a file does not have
 */
public record TensorNames(
        String network, String head, boolean replaces, List<Function<String, Optional<String>>> inFiles) {
    private static final String BACKBONE = "backbone.";
    private static final String OUTPUT = "output.";

    /**
     * Of a network with a head on top: {@code backbone.…} and {@code output.…}, as the reference script saves them.
     * Files may have the network by itself, under its own names.
     */
    public static TensorNames headOnTop() {
        return new TensorNames(BACKBONE, OUTPUT, false, List.of(TensorNames::withoutBackbone, Optional::of));
    }

    /**
     * Of a network whose last layer is the head: its own names, without a prefix. Files may have it as a
     * {@code backbone}.
     *
     * @param name the last layer's, such as {@code fc}
     */
    public static TensorNames lastLayer(String name) {
        return new TensorNames("", name + ".", true, List.of(Optional::of, own -> Optional.of(BACKBONE + own)));
    }

    /**
     * Of a network that has the head as one of its own layers, and is not loaded from state dicts.
     *
     * @param head the prefix of the layer's names; empty for a network that is nothing else
     */
    public static TensorNames within(String head) {
        return new TensorNames("", head, true, List.of(Optional::of));
    }

    private static Optional<String> withoutBackbone(String name) {
        return name.startsWith(BACKBONE) ? Optional.of(name.substring(BACKBONE.length())) : Optional.empty();
    }
}

package org.initlab.training.spec;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A random change to each training image, in the order in which they are applied; on the wire in {@code snake_case}. */
public enum Augmentation {
    /** Mirrored left to right with probability a half: torchvision's {@code RandomHorizontalFlip}. */
    HORIZONTAL_FLIP,
    /** Moved by up to an eighth of its size, with black moving in: torchvision's {@code RandomCrop} with padding. */
    RANDOM_CROP;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

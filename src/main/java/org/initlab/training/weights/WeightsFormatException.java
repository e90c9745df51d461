package org.initlab.training.weights;

import java.io.IOException;

/** What is wrong with a weights file, in words that a user may see; the public readers add the file's name. */
final class WeightsFormatException extends IOException {
    WeightsFormatException(String message) {
        super(message);
    }

    WeightsFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}

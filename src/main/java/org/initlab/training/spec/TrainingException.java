package org.initlab.training.spec;

/** A run cannot start or continue; the message tells the user why and what to do about it. */
public class TrainingException extends RuntimeException {
    public TrainingException(String message) {
        super(message);
    }

    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}

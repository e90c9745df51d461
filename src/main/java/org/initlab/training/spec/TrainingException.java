package org.initlab.training.spec;

/** A run cannot start or go on for a reason that its message tells a user, with what to do about it. */
public class TrainingException extends RuntimeException {
    public TrainingException(String message) {
        super(message);
    }

    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}

package org.initlab.training.data;

import org.initlab.training.spec.TrainingException;

/** A row cannot be trained on as it is; found while reading, so that it ends the run and not the request. */
public class ContentException extends TrainingException {
    public ContentException(String message) {
        super(message);
    }
}

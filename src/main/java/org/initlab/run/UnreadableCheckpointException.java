package org.initlab.run;

/** A committed checkpoint is gone or damaged; the message goes on from the checkpoint's name. */
class UnreadableCheckpointException extends RuntimeException {
    UnreadableCheckpointException(String reason) {
        super(reason);
    }

    UnreadableCheckpointException(String reason, Throwable cause) {
        super(reason, cause);
    }
}

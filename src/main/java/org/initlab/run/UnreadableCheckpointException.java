package org.initlab.run;

/** A committed checkpoint is gone or damaged; the message continues a sentence that begins with the checkpoint. */
class UnreadableCheckpointException extends RuntimeException {
    UnreadableCheckpointException(String reason) {
        super(reason);
    }

    UnreadableCheckpointException(String reason, Throwable cause) {
        super(reason, cause);
    }
}

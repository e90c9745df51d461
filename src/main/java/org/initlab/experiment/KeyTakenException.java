package org.initlab.experiment;

/** Another request has just used the same idempotency key, so this one is rolled back. */
public class KeyTakenException extends RuntimeException {
    KeyTakenException() {
        super("the idempotency key is taken");
    }
}

package org.initlab.platform.problem;

import java.util.List;

/** A request that cannot be understood or breaks a rule; answered with 400, the message and all faults. */
public class InvalidRequestException extends RuntimeException {
    private final List<Fault> faults;

    /** A fault in the request as a whole. */
    public InvalidRequestException(String message) {
        super(message);
        faults = List.of();
    }

    /** All faults in a readable body. */
    public InvalidRequestException(List<Fault> faults) {
        super(faults.size() == 1 ? "The request has a fault." : "The request has " + faults.size() + " faults.");
        this.faults = List.copyOf(faults);
    }

    /** In the order of the document. */
    public List<Fault> faults() {
        return faults;
    }
}

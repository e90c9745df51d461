package org.initlab.run;

/** The run was cancelled, or another worker has it: this worker must stop and write nothing. */
class LeaseLostException extends RuntimeException {
    LeaseLostException(Lease lease) {
        super("attempt " + lease.attempt() + " of run " + lease.runId() + " has lost its lease");
    }
}

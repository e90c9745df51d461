package org.initlab.run;

import java.util.Optional;

/** The run was cancelled, or another worker has it: this worker must stop and write nothing. */
class LeaseLostException extends RuntimeException {
    /**
     * Tells why.
     *
     * @param state the run's now; empty if it has been deleted
     */
    LeaseLostException(Lease lease, Optional<RunState> state) {
        super(
                state.isEmpty()
                        ? "run " + lease.runId() + " has been deleted"
                        : state.get() == RunState.CANCELLED
                                ? "run " + lease.runId() + " has been cancelled"
                                : "attempt " + lease.attempt() + " of run " + lease.runId()
                                        + " has lost its lease, and the run is " + state.get() + " now");
    }
}

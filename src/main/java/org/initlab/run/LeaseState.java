package org.initlab.run;

/** What a run's row says to its worker. */
enum LeaseState {
    HELD,
    /** Still held, but the worker is to checkpoint and stop. */
    PAUSE_REQUESTED,
    /** The run was cancelled or deleted, or another worker has it. */
    LOST
}

package org.initlab.run;

/** What a run's row says to the worker that holds a lease. */
enum LeaseState {
    HELD,
    /** Still held; the worker is to checkpoint and let go. */
    PAUSE_REQUESTED,
    /** Cancelled, deleted, or another worker's. */
    LOST
}

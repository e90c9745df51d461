package org.initlab.run;

/** A worker's claim to a run, as it was decided. */
sealed interface Claim {

    /** The run is the worker's. */
    record Granted(Assignment assignment) implements Claim {}

    /** The worker lacks something that the run needs; another worker may have it. */
    record WorkerUnsuitable() implements Claim {}

    /** The queue's entry is void, or the run has just been given up. */
    record NothingToDo() implements Claim {}
}

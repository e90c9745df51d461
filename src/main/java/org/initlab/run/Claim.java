package org.initlab.run;

/** What came of a worker's claim to a run. */
sealed interface Claim {

    /** The run is the worker's. */
    record Granted(Assignment assignment) implements Claim {}

    /** The worker lacks what the run needs; another one may have it. */
    record Declined() implements Claim {}

    /** The entry is outdated, or the run is given up: nothing is to be done. */
    record Refused() implements Claim {}
}

package org.initlab.run;

/** Where a run stands. */
public enum RunState {
    QUEUED,
    RUNNING,
    PAUSED,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** Its loss is no longer finite; the epochs before that stay. */
    DIVERGED;

    /** Whether nothing happens to the run any more unless a user asks for it. */
    public boolean isFinal() {
        return this != QUEUED && this != RUNNING && this != PAUSED;
    }
}

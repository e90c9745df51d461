package org.initlab.run;

/** The state of a run. */
public enum RunState {
    QUEUED,
    RUNNING,
    PAUSED,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** Its loss became infinite or NaN; the epochs before that are kept. */
    DIVERGED,
    /** It never began: its experiment was decided before. */
    SKIPPED;

    /** Whether nothing more happens to the run unless a user asks for it. */
    public boolean isFinal() {
        return this != QUEUED && this != RUNNING && this != PAUSED;
    }
}

package org.initlab.run;

/** What a verb did to a {@link Run}. */
enum Transition {
    /** Nothing that is shown of the run has changed. */
    NONE,
    /** The run has changed; its entry in the queue, if it has one, stays valid. */
    CHANGED,
    /** The run has changed and waits under a new entry, which must be put into the queue. */
    ENQUEUED,
    /** The run has changed and its entry is void: it must be taken out of the queue, unless a worker holds it. */
    DEQUEUED;

    boolean isChange() {
        return this != NONE;
    }
}

package org.initlab.platform;

/** What a process does; {@code initlab.roles} names one or both. */
public enum Role {
    /** Answers HTTP requests and fills the queue. */
    API,
    /** Takes runs from the queue and trains them. */
    WORKER
}

package org.initlab.events;

/**
 * Something that happened to an experiment.
 *
 * @param id grows from one event of the experiment to the next
 * @param type {@code epoch}, {@code run} or {@code experiment}
 * @param data JSON: the epoch row with its run, the run, or the experiment
 */
public record Event(long id, String type, String data) {
    static final String EPOCH = "epoch";
    static final String RUN = "run";
    static final String EXPERIMENT = "experiment";
}

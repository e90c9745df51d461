package org.initlab;

import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Training that a test acted on before its end. A busy machine may hold up the test but not the training, so whoever comes too late
 * tries again with longer training.
 *
 * @param spec of the training that was caught, to be repeated undisturbed
 * @param path of its experiment
 */
record Midway(String spec, String path) {
    private static final int TRIES = 5;
    private static final int GROWTH = 4;

    /**
     * Submits ever longer training.
     *
     * @param size how long the first is, in what the specs count
     * @param act does what it has to do with an experiment; tells whether it came in time
     */
    static Midway of(ServiceClient client, int size, IntFunction<String> specs, Predicate<String> act) {
        for (int tried = 0; tried < TRIES; tried++) {
            String spec = specs.apply(size);
            String path = client.submit(spec);
            if (act.test(path)) {
                return new Midway(spec, path);
            }
            client.awaitEnd(path);
            size *= GROWTH;
        }
        throw new AssertionError("each of " + TRIES + " experiments ended too soon");
    }

    /** Pauses an experiment that trains; tells whether it came in time. */
    static boolean isPaused(ServiceClient client, String path) {
        return client.post(path + "/pause", "").status() == 200
                && !client.awaitState(path, "PAUSED", "SUCCEEDED")
                        .get("state")
                        .asString()
                        .equals("SUCCEEDED");
    }
}

package org.initlab.run;

/**
 * Who trains.
 *
 * @param name host and process
 * @param device {@code cpu} or {@code cuda:0}
 * @param threads PyTorch's intra-op threads
 * @param maxAttempts in a row that may end without a finished epoch before a run is given up
 */
record Worker(String name, String device, int threads, int maxAttempts) {}

package org.initlab.run;

/**
 * Who trains.
 *
 * @param name host and process
 * @param device {@code cpu} or {@code cuda:0}
 * @param threads PyTorch's intra-op threads
 */
record Worker(String name, String device, int threads) {}

package org.initlab.run;

import org.jspecify.annotations.Nullable;

/**
 * How a run stands, in short.
 *
 * @param loss the test loss after the epoch asked for; {@code null} if it is not finite or the run has not got there
 */
public record RunEnd(int armIndex, int trial, RunState state, @Nullable Double loss) {}

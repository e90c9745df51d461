package org.initlab.run;

import java.time.Instant;

/** An epoch with the time at which it was committed. */
public record CommittedEpoch(EpochRow row, Instant at) {}

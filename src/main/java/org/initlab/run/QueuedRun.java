package org.initlab.run;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run's place in the queue.
 *
 * @param armIndex from 0, in the experiment's order
 * @param trial from 0
 * @param entry the number of the run's only valid entry; grows each time that the run is queued anew
 * @param requiredDevice {@code cpu} or {@code cuda}; {@code null} for any
 */
public record QueuedRun(
        UUID id, UUID experimentId, int armIndex, int trial, int entry, @Nullable String requiredDevice) {}

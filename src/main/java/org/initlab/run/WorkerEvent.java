package org.initlab.run;

import java.time.Duration;
import java.util.Map;
import org.initlab.training.Phase;

/** What happened in this worker and is not stored; published on the training thread as it happens. */
public sealed interface WorkerEvent {

    /** An epoch was trained and evaluated. */
    record EpochTimed(Map<Phase, Duration> phases) implements WorkerEvent {}

    /** A checkpoint's file was written. */
    record CheckpointWritten(long bytes) implements WorkerEvent {}

    /** The run was cancelled, or another worker has it. */
    record LeaseLost() implements WorkerEvent {}
}

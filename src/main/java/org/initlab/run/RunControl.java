package org.initlab.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.initlab.training.TrainingControl;

/** Tells a training how to go on: by what its run's row wants, what its process is about to do, and the time. */
class RunControl implements TrainingControl {
    private final LeaseWatch watch;
    private final BooleanSupplier shuttingDown;
    private final Duration interval;
    private final Clock clock;
    private Instant lastCheckpoint;

    RunControl(LeaseWatch watch, BooleanSupplier shuttingDown, Duration interval, Clock clock) {
        this.watch = watch;
        this.shuttingDown = shuttingDown;
        this.interval = interval;
        this.clock = clock;
        lastCheckpoint = clock.instant();
    }

    @Override
    public Signal next() {
        LeaseState lease = watch.state();
        if (lease == LeaseState.LOST) {
            return Signal.ABANDON;
        }
        if (lease == LeaseState.PAUSE_REQUESTED || shuttingDown.getAsBoolean()) {
            return Signal.SUSPEND;
        }
        return clock.instant().isBefore(lastCheckpoint.plus(interval)) ? Signal.GO_ON : Signal.CHECKPOINT;
    }

    /** The time to the next checkpoint begins anew. */
    void checkpointed() {
        lastCheckpoint = clock.instant();
    }

    boolean isShuttingDown() {
        return shuttingDown.getAsBoolean();
    }
}

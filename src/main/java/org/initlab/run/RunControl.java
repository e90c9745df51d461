package org.initlab.run;

import java.util.function.BooleanSupplier;
import org.initlab.training.TrainingControl;

/** Tells a training how to go on: what its run's row says, whether the process is shutting down, and the time decide. */
class RunControl implements TrainingControl {
    private final LeaseWatch watch;
    private final BooleanSupplier shuttingDown;
    private final CheckpointPace pace;

    RunControl(LeaseWatch watch, BooleanSupplier shuttingDown, CheckpointPace pace) {
        this.watch = watch;
        this.shuttingDown = shuttingDown;
        this.pace = pace;
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
        return pace.isDue() ? Signal.CHECKPOINT : Signal.GO_ON;
    }

    void checkpointed() {
        pace.checkpointed();
    }
}

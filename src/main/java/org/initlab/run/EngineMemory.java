package org.initlab.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.training.Trainer;
import org.initlab.worker.Worker;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keeps the memory of a run's tensors for the next run, and gives it back if none comes for a while. */
@Component
@ConditionalOnRole(Role.WORKER)
class EngineMemory {
    private final Trainer trainer;
    private final Duration kept;
    private final Clock clock;
    private Instant unusedSince;

    EngineMemory(Trainer trainer, Worker worker, Clock clock) {
        this.trainer = trainer;
        this.kept = worker.memoryKept();
        this.clock = clock;
    }

    synchronized void inUse() {
        unusedSince = null;
    }

    synchronized void unused() {
        unusedSince = clock.instant();
    }

    @Scheduled(fixedDelayString = "PT1S")
    synchronized void returnUnused() {
        if (unusedSince != null && !clock.instant().isBefore(unusedSince.plus(kept))) {
            trainer.returnMemory();
            unusedSince = null;
        }
    }
}

package org.initlab.worker;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.BeanFactory;

/** What a process has one of, for a simulation with many workers in one process. */
public final class SimulatedPresence {
    private SimulatedPresence() {}

    /** A worker on the CPU, as the database sees it. */
    public static Worker worker(String name) {
        return new Worker(UUID.randomUUID(), name, WorkerProperties.host(), "cpu", 1, 5, Duration.ZERO);
    }

    /** A worker's presence, which shows itself only when told to. */
    public static Presence of(Worker worker, BeanFactory beans) {
        return new Presence(
                beans.getBean(WorkerTable.class),
                worker,
                beans.getBean(WorkerProperties.class),
                beans.getBean(Clock.class));
    }
}

package org.initlab.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.initlab.worker.WorkerView.RunReference;
import org.initlab.worker.WorkerView.State;
import org.springframework.stereotype.Service;

/** The workers of this database, on all hosts. */
@Service
public class Workers {
    private final WorkerTable table;
    private final Duration lease;
    private final Clock clock;

    Workers(WorkerTable table, WorkerProperties properties, Clock clock) {
        this.table = table;
        this.lease = properties.lease();
        this.clock = clock;
    }

    /** The longest running worker first; a silent one is listed for an hour. */
    public List<WorkerView> all() {
        Instant silentBefore = silentBefore();
        return table.all().stream().map(row -> view(row, silentBefore)).toList();
    }

    /** A worker whose last heartbeat is older than this is silent. */
    public Instant silentBefore() {
        return clock.instant().minus(lease);
    }

    /** The devices that runs can be trained on now. */
    public LiveDevices liveDevices() {
        return new LiveDevices(table.devicesSince(silentBefore()));
    }

    private static WorkerView view(WorkerTable.Row row, Instant silentBefore) {
        return new WorkerView(
                row.name(),
                row.host(),
                row.device(),
                row.threads(),
                row.heartbeatAt().isBefore(silentBefore) ? State.SILENT : State.LIVE,
                row.experimentId() == null ? null : new RunReference(row.runId(), row.experimentId()),
                row.startedAt(),
                row.heartbeatAt());
    }
}

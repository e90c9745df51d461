package org.initlab.worker;

import java.time.Duration;
import java.util.List;
import org.initlab.worker.WorkerView.RunReference;
import org.initlab.worker.WorkerView.State;
import org.springframework.stereotype.Service;

/** The workers of this database, on all hosts. The database's clock says who is silent, as those of the hosts may differ. */
@Service
public class Workers {
    private final WorkerTable table;
    private final Duration lease;

    Workers(WorkerTable table, WorkerProperties properties) {
        this.table = table;
        this.lease = properties.lease();
    }

    /** The longest running worker first; a silent one is listed for an hour. */
    public List<WorkerView> all() {
        return table.all(lease).stream().map(Workers::view).toList();
    }

    /** A worker whose last heartbeat is older than this is silent. */
    public Duration lease() {
        return lease;
    }

    /** The devices that runs can be trained on now. */
    public LiveDevices liveDevices() {
        return new LiveDevices(table.liveDevices(lease));
    }

    private static WorkerView view(WorkerTable.Row row) {
        return new WorkerView(
                row.name(),
                row.host(),
                row.device(),
                row.threads(),
                row.isSilent() ? State.SILENT : State.LIVE,
                row.experimentId() == null ? null : new RunReference(row.runId(), row.experimentId()),
                row.startedAt(),
                row.heartbeatAt());
    }
}

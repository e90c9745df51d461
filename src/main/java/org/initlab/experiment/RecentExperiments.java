package org.initlab.experiment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.UUID;
import org.initlab.experiment.ExperimentQueries.Snapshot;
import org.initlab.run.RunQueries;
import org.springframework.stereotype.Component;

/**
 * Experiments for clients that poll them on a host that trains: what has been read is kept until the revision grows. Only
 * what the runs wait for is asked each time, as it depends on the workers.
 */
@Component
public class RecentExperiments {
    private static final int MOST = 500;

    private final ExperimentQueries experiments;
    private final RunQueries runs;
    private final Revisions revisions;
    private final Cache<Key, Snapshot> recent =
            Caffeine.newBuilder().maximumSize(MOST).build();

    RecentExperiments(ExperimentQueries experiments, RunQueries runs, Revisions revisions) {
        this.experiments = experiments;
        this.runs = runs;
        this.revisions = revisions;
    }

    private record Key(UUID id, long revision) {}

    /**
     * One experiment as it is now.
     *
     * @throws org.initlab.platform.problem.NotFoundException if there is none
     */
    public ExperimentView get(UUID id) {
        Snapshot kept = recent.get(new Key(id, revisions.current(id)), key -> experiments.snapshot(id));
        return kept.view(runs.waitingFor(kept.tallies()));
    }
}

package org.initlab.experiment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.UUID;
import org.initlab.experiment.ExperimentQueries.Tallied;
import org.initlab.run.RunQueries;
import org.springframework.stereotype.Component;

/**
 * Experiments for who polls them, on a host that trains: what was read once is kept until the revision grows, and only
 * what its runs wait for, which depends on the workers, is asked anew.
 */
@Component
public class RecentExperiments {
    private static final int MOST = 500;

    private final ExperimentQueries experiments;
    private final RunQueries runs;
    private final Revisions revisions;
    private final Cache<Key, Tallied> recent =
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
     * @throws org.initlab.platform.problem.NotFoundException where there is none
     */
    public ExperimentView get(UUID id) {
        Tallied kept = recent.get(new Key(id, revisions.current(id)), key -> experiments.tallied(id));
        return kept.view(runs.waitingFor(kept.tallies()));
    }
}

package org.initlab.run;

import java.util.Optional;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.catalog.WeightsCatalog;
import org.initlab.worker.Worker;
import org.springframework.stereotype.Component;

/** What a run needs of the worker that takes it, besides its device: files that cannot be downloaded. */
@Component
class Requirements {
    private final DatasetCatalog datasets;
    private final WeightsCatalog weights;

    Requirements(DatasetCatalog datasets, WeightsCatalog weights) {
        this.datasets = datasets;
        this.weights = weights;
    }

    /** What a worker lacks for a run, with what to do; empty where it can take it. */
    Optional<String> lacking(Run run, Worker worker) {
        return datasets.missing(run.plan().dataset())
                .or(() -> weights.missing(run.plan().model()))
                .map(files -> "a worker that has " + files + ": " + worker.name()
                        + " does not; put it there, or share initlab.home between the hosts");
    }
}

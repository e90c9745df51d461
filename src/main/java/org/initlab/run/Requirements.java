package org.initlab.run;

import java.util.Optional;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.catalog.NetworkFiles;
import org.initlab.training.catalog.WeightsCatalog;
import org.initlab.worker.Worker;
import org.springframework.stereotype.Component;

/** What a run needs of the worker that trains it: a device, and files that cannot be downloaded. */
@Component
class Requirements {
    private final DatasetCatalog datasets;
    private final WeightsCatalog weights;
    private final NetworkFiles networks;

    Requirements(DatasetCatalog datasets, WeightsCatalog weights, NetworkFiles networks) {
        this.datasets = datasets;
        this.weights = weights;
        this.networks = networks;
    }

    /** What a worker lacks for a run, with what to do about it; empty if it can train the run. */
    Optional<String> lacking(RunSpec run, Worker worker) {
        if (run.requiredDevice() != null && !run.requiredDevice().equals(worker.deviceType())) {
            return Optional.of("a worker with the device " + run.requiredDevice() + ": " + worker.name() + " has "
                    + worker.device());
        }
        if (run.plan().model().runsModule() && !networks.areAllowed()) {
            return Optional.of("a worker with initlab.networks.allow=true: " + worker.name() + " may not run modules");
        }
        return datasets.missing(run.plan().dataset())
                .or(() -> weights.missing(run.plan().model()))
                .or(() -> networks.missing(run.plan().model()))
                .map(files -> "a worker that has " + files + ": " + worker.name()
                        + " does not; put it there, or share initlab.home between the hosts");
    }
}

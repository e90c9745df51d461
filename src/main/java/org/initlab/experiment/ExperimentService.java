package org.initlab.experiment;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.initlab.experiment.SpecResolver.Resolution;
import org.initlab.queue.RunQueue;
import org.initlab.run.RunCommands;
import org.initlab.run.RunSpec;
import org.initlab.training.data.DatasetSummary;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Stores what users submit. */
@Service
@Transactional
class ExperimentService {
    private final Experiments experiments;
    private final IdempotencyKeys keys;
    private final RunCommands runs;
    private final RunQueue queue;
    private final Clock clock;

    ExperimentService(Experiments experiments, IdempotencyKeys keys, RunCommands runs, RunQueue queue, Clock clock) {
        this.experiments = experiments;
        this.keys = keys;
        this.runs = runs;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Stores an experiment with its runs and queues them, all or nothing.
     *
     * @param resolved without a fault
     * @param dataset the data's counts, if they are known already
     * @param key of the submission, if the client gave one
     * @throws KeyTakenException if another submission has just used the key
     */
    UUID submit(Resolution resolved, Optional<DatasetSummary> dataset, Optional<IdempotencyKeys.Key> key) {
        ExperimentSpec spec = resolved.spec();
        Instant now = clock.instant();
        Experiment experiment = new Experiment(spec, now);
        experiment.warn(resolved.warnings());
        dataset.ifPresent(experiment::dataRead);
        UUID id = experiments.saveAndFlush(experiment).id();
        if (key.isPresent() && !keys.take(key.get(), id)) {
            throw new KeyTakenException();
        }
        List<RunSpec> orders = orders(id, spec);
        queue.requireRoom(orders.size());
        queue.enqueue(runs.create(orders), spec.priority(), now);
        return id;
    }

    /** Trial by trial, so that pairs complete early. */
    private static List<RunSpec> orders(UUID experimentId, ExperimentSpec spec) {
        List<String> labels = ArmLabels.of(spec.biasInits());
        List<RunSpec> orders = new ArrayList<>();
        for (int trial = 0; trial < spec.trials(); trial++) {
            for (int arm = 0; arm < labels.size(); arm++) {
                orders.add(new RunSpec(
                        experimentId,
                        labels.get(arm),
                        arm,
                        trial,
                        spec.device(),
                        spec.stopping() != null,
                        spec.plan(spec.biasInits().get(arm), trial)));
            }
        }
        return orders;
    }
}

package org.initlab.experiment;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.initlab.platform.problem.ConflictException;
import org.initlab.platform.problem.NotFoundException;
import org.initlab.queue.RunQueue;
import org.initlab.run.NewRun;
import org.initlab.run.RunCommands;
import org.initlab.training.TaskSummary;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What users do with experiments. */
@Service
@Transactional
public class ExperimentService {
    private final Experiments experiments;
    private final RunCommands runs;
    private final RunQueue queue;
    private final Clock clock;

    ExperimentService(Experiments experiments, RunCommands runs, RunQueue queue, Clock clock) {
        this.experiments = experiments;
        this.runs = runs;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Stores an experiment with its runs and queues them, all or nothing.
     *
     * @param spec resolved by {@link SpecResolver}
     * @param task the data's counts where they are known already
     */
    public UUID submit(ExperimentSpec spec, Optional<TaskSummary> task) {
        Instant now = clock.instant();
        Experiment experiment = new Experiment(spec, now);
        task.ifPresent(experiment::taskLoaded);
        UUID id = experiments.save(experiment).id();
        List<NewRun> orders = orders(id, spec);
        List<UUID> runIds = runs.create(orders);
        for (int i = 0; i < orders.size(); i++) {
            queue.enqueue(runIds.get(i), spec.priority(), orders.get(i).trial(), now);
        }
        return id;
    }

    /** Trial by trial, so that pairs are complete early. */
    private static List<NewRun> orders(UUID experimentId, ExperimentSpec spec) {
        List<String> labels = ArmLabels.of(spec.biasInits());
        List<NewRun> orders = new ArrayList<>();
        for (int trial = 0; trial < spec.trials(); trial++) {
            for (int arm = 0; arm < labels.size(); arm++) {
                orders.add(new NewRun(
                        experimentId,
                        labels.get(arm),
                        arm,
                        trial,
                        spec.plan(spec.biasInits().get(arm), trial)));
            }
        }
        return orders;
    }

    /**
     * Cancels what is not finished of an experiment; does nothing to a cancelled one.
     *
     * @throws NotFoundException where there is no such experiment
     * @throws ConflictException where it ended otherwise
     */
    public void cancel(UUID id) {
        runs.cancelAll(id);
        Experiment experiment = experiments.lock(id).orElseThrow(() -> ExperimentQueries.notFound(id));
        if (experiment.state() != ExperimentState.CANCELLED) {
            throw new ConflictException("the experiment is " + experiment.state() + " already; only one that is not"
                    + " finished can be cancelled");
        }
    }
}

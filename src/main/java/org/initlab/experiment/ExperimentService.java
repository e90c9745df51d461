package org.initlab.experiment;

import static org.initlab.text.Counts.counted;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.initlab.platform.TraceLinks;
import org.initlab.platform.problem.Fault;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.queue.RunQueue;
import org.initlab.run.QueuedRun;
import org.initlab.run.RunCommands;
import org.initlab.run.RunSpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Stores what users submit. */
@Service
@Transactional
public class ExperimentService {
    /** The queue gives each arm of an experiment a microsecond of its own. */
    private static final int MICROS_APART = 10;

    private final Experiments experiments;
    private final IdempotencyKeys keys;
    private final RunCommands runs;
    private final RunQueue queue;
    private final TraceLinks traces;
    private final Clock clock;

    ExperimentService(
            Experiments experiments,
            IdempotencyKeys keys,
            RunCommands runs,
            RunQueue queue,
            TraceLinks traces,
            Clock clock) {
        this.experiments = experiments;
        this.keys = keys;
        this.runs = runs;
        this.queue = queue;
        this.traces = traces;
        this.clock = clock;
    }

    /**
     * Stores an experiment with its runs and queues them, all or nothing.
     *
     * @param checked without a fault
     * @param key of the submission, if the client gave one
     * @throws KeyTakenException if another submission has just used the key
     * @throws InvalidRequestException if it has more runs than the queue may ever hold
     */
    UUID submit(CheckedSpec checked, Optional<IdempotencyKeys.Key> key) {
        requireFit(runsOf(checked.spec()), "/trials", "take fewer trials or arms");
        Experiment experiment = experiments.saveAndFlush(experiment(checked, clock.instant()));
        key.ifPresent(given -> keys.take(given, experiment.id()));
        queue.requireRoom(runsOf(checked.spec()));
        enqueue(List.of(experiment));
        return experiment.id();
    }

    /**
     * Stores the points of a study with their runs and queues them; part of the caller's transaction. The queue is asked for
     * room once, and trains the first trials of all points before the second ones.
     *
     * @param points without a fault, in the order of the grid
     * @throws InvalidRequestException if they are more runs than the queue may ever hold
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void submitStudy(UUID study, List<CheckedSpec> points) {
        int total = points.stream().mapToInt(point -> runsOf(point.spec())).sum();
        requireFit(total, "/axes", "take fewer values, trials or arms");
        queue.requireRoom(total);
        Instant now = clock.instant();
        List<Experiment> stored = new ArrayList<>();
        for (int position = 0; position < points.size(); position++) {
            Instant createdAt = now.plus((long) MICROS_APART * position, ChronoUnit.MICROS);
            Experiment experiment = experiment(points.get(position), createdAt);
            experiment.joinStudy(study, position);
            stored.add(experiments.save(experiment));
        }
        experiments.flush();
        enqueue(stored);
    }

    /** What can never be queued must not be told to try again later. */
    private void requireFit(int total, String pointer, String advice) {
        if (total > queue.limit()) {
            throw new InvalidRequestException(List.of(new Fault(
                    pointer,
                    "come to " + counted(total, "run") + ", and the queue may hold " + counted(queue.limit(), "run")
                            + ": " + advice + ", or have initlab.queue.limit raised")));
        }
    }

    private static int runsOf(ExperimentSpec spec) {
        return spec.trials() * spec.biasInits().size();
    }

    private static Experiment experiment(CheckedSpec checked, Instant createdAt) {
        Experiment experiment = new Experiment(checked.spec(), createdAt);
        experiment.warn(checked.warnings());
        checked.data().ifPresent(experiment::dataRead);
        return experiment;
    }

    private void enqueue(List<Experiment> stored) {
        String traceparent = traces.current().orElse(null);
        List<RunSpec> orders = stored.stream()
                .flatMap(experiment -> orders(experiment.id(), experiment.spec(), traceparent).stream())
                .toList();
        Iterator<QueuedRun> created = runs.create(orders).iterator();
        List<RunQueue.Entries> entries = new ArrayList<>();
        for (Experiment experiment : stored) {
            List<QueuedRun> own = new ArrayList<>();
            for (int run = 0; run < runsOf(experiment.spec()); run++) {
                own.add(created.next());
            }
            entries.add(new RunQueue.Entries(own, experiment.priority(), experiment.createdAt()));
        }
        queue.enqueue(entries);
    }

    /** Trial by trial, so that pairs complete early. */
    private static List<RunSpec> orders(UUID experimentId, ExperimentSpec spec, @Nullable String traceparent) {
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
                        traceparent,
                        spec.plan(spec.biasInits().get(arm), trial)));
            }
        }
        return orders;
    }
}

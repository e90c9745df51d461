package org.initlab.training;

import static org.initlab.text.Counts.counted;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.catalog.NetworkCatalog;
import org.initlab.training.catalog.NetworkFiles;
import org.initlab.training.catalog.WeightsCatalog;
import org.initlab.training.data.BinaryDataset;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.engine.MemoryShortage;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.engine.ScriptedModule;
import org.initlab.training.network.Architecture;
import org.initlab.training.network.BinaryClassifier;
import org.initlab.training.optimizer.Optimizer;
import org.initlab.training.spec.EvaluationSpec;
import org.initlab.training.spec.InputForm;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.RowShape;
import org.initlab.training.spec.TrainingException;
import org.initlab.training.spec.TrainingPlan;

/** Trains runs on one device, one at a time per process, because PyTorch's random state is global. */
public final class Trainer {
    private static final Lock ENGINE = new ReentrantLock();

    private final DatasetCatalog datasets;
    private final WeightsCatalog weights;
    private final NetworkFiles networks;
    private final Device device;
    private Footprint kept;

    /** What determines how much memory a run takes. */
    private record Footprint(ModelSpec model, int batchSize, int evaluationBatchSize) {}

    public Trainer(DatasetCatalog datasets, WeightsCatalog weights, NetworkFiles networks, Device device) {
        this.datasets = datasets;
        this.weights = weights;
        this.networks = networks;
        this.device = device;
    }

    /**
     * Trains a run to its end. On the CPU the numbers depend only on the plan and the number of threads, to the bit,
     * however often the run is interrupted.
     *
     * @param plan its model resolved by the architecture
     * @param threads PyTorch's intra-op threads, 1 or more
     * @param resume where to resume; empty to start from the beginning
     * @param listener told of every epoch; an exception from it ends the training
     * @param control asked before every batch, and while data and weights are loaded
     * @throws TrainingException if the plan cannot be trained; the message says what to do
     */
    public Outcome train(
            TrainingPlan plan,
            int threads,
            Optional<Snapshot> resume,
            TrainingListener listener,
            TrainingControl control) {
        Runnable stopOnRequest = () -> {
            TrainingControl.Signal signal = control.next();
            if (signal == TrainingControl.Signal.SUSPEND || signal == TrainingControl.Signal.ABANDON) {
                throw new StopRequestedException();
            }
        };
        ENGINE.lock();
        try (NetworkFiles.Opened network = networks.open(plan.model(), listener::networkRead)) {
            keepMemoryFor(plan);
            PyTorch.setThreads(threads);
            ModelSpec spec = plan.model();
            Architecture architecture = network.architecture();
            InputForm form = architecture.input(spec);
            try (BinaryDataset data = datasets.load(plan.dataset(), form, stopOnRequest)) {
                train(EvaluationBatch.fitted(plan, form), architecture, data, resume, listener, control, stopOnRequest);
            }
            return new Outcome.Completed();
        } catch (StopRequestedException e) {
            return new Outcome.Stopped();
        } catch (DivergedException e) {
            return e.outcome();
        } catch (EngineException e) {
            throw explained(e, plan.model());
        } catch (OutOfMemoryError e) {
            throw MemoryShortage.explain(e);
        } catch (InternalError e) {
            throw datasets.explained(e);
        } finally {
            ENGINE.unlock();
        }
    }

    private void train(
            TrainingPlan plan,
            Architecture architecture,
            BinaryDataset data,
            Optional<Snapshot> resume,
            TrainingListener listener,
            TrainingControl control,
            Runnable stopOnRequest) {
        singleRows(plan, data.counts()).stream().findFirst().ifPresent(found -> {
            throw new TrainingException(found.detail());
        });
        RowShape rows = data.train().shape();
        try (BinaryClassifier model = BinaryClassifier.build(architecture, plan.model(), rows, device);
                Batches batches = new Batches(device);
                Optimizer optimizer = Optimizer.of(
                        plan.training().optimizer(), model.learntArrays(), model.backward(), batches.manager())) {
            new TrainingLoop(plan, data, model, optimizer, batches, listener, control)
                    .run(weights.load(plan.model(), rows, stopOnRequest), resume);
        }
    }

    private static RuntimeException explained(EngineException failure, ModelSpec model) {
        RuntimeException explained = MemoryShortage.explain(failure);
        return explained == failure && model.runsModule()
                ? ScriptedModule.failureInTraining(model.file(), failure)
                : explained;
    }

    /** Keeps freed memory from one run to the next as long as they need the same amount. */
    private void keepMemoryFor(TrainingPlan plan) {
        Footprint next = new Footprint(
                plan.model(), plan.training().batchSize(), plan.evaluation().batchSize());
        if (!next.equals(kept)) {
            PyTorch.returnFreedMemory();
            kept = next;
        }
    }

    /** Returns the memory kept for the next run to the system, unless a run is training. */
    public void returnMemory() {
        if (ENGINE.tryLock()) {
            try {
                PyTorch.returnFreedMemory();
            } finally {
                ENGINE.unlock();
            }
        }
    }

    /**
     * A part of a plan whose last batch would be a single row, which BatchNorm cannot train on: one value per channel.
     *
     * @param part {@code training}, or {@code evaluation} in training mode
     * @param detail what is wrong and what to change
     */
    public record SingleRow(String part, String detail) {}

    /**
     * Finds what the network of a plan could not train on.
     *
     * @param plan its model resolved by the architecture
     */
    public static List<SingleRow> singleRows(TrainingPlan plan, DatasetSummary data) {
        if (architecture(plan.model()).smallestTrainingBatch(plan.model()) == 1) {
            return List.of();
        }
        EvaluationSpec evaluation = plan.evaluation();
        List<SingleRow> found = new ArrayList<>();
        singleRow("training", data.trainRows(), plan.training().batchSize()).ifPresent(found::add);
        if (evaluation.mode() == EvaluationSpec.Mode.TRAIN) {
            singleRow("evaluation", data.testRows(), evaluation.batchSize()).ifPresent(found::add);
        }
        return found;
    }

    /**
     * How many of PyTorch's threads a plan should be trained with on the CPU.
     *
     * @param offered how many there are for it
     */
    public static int threads(TrainingPlan plan, int offered) {
        return NetworkCatalog.named(plan.model().architecture())
                .map(architecture -> Math.min(offered, architecture.mostThreads(plan.model())))
                .orElse(offered);
    }

    private static Architecture architecture(ModelSpec spec) {
        return NetworkCatalog.named(spec.architecture())
                .orElseThrow(() -> new TrainingException("unknown architecture " + spec.architecture()));
    }

    private static Optional<SingleRow> singleRow(String part, int rows, int batchSize) {
        return batchSize == 1 || rows % batchSize == 1
                ? Optional.of(new SingleRow(
                        part,
                        "a batch would hold a single row (" + counted(rows, "row") + " in batches of " + batchSize
                                + "), on which BatchNorm cannot train; change " + part
                                + ".batchSize, or dataset.trainLimit or testLimit"))
                : Optional.empty();
    }
}

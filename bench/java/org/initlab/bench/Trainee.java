package org.initlab.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.initlab.training.EpochResult;
import org.initlab.training.Snapshot;
import org.initlab.training.StepLosses;
import org.initlab.training.Trainer;
import org.initlab.training.TrainingControl;
import org.initlab.training.TrainingListener;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.catalog.NetworkCatalog;
import org.initlab.training.catalog.NetworkFiles;
import org.initlab.training.catalog.WeightsCatalog;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.network.ImageNetWeights;
import org.initlab.training.spec.BiasInit;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.EvaluationSpec;
import org.initlab.training.spec.ImageShape;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.Precision;
import org.initlab.training.spec.TrainingPlan;
import org.initlab.training.spec.TrainingSpec;

/**
 * InitLab's side of {@code rival.py}: a run of the real trainer, including its data, that waits before a batch until it
 * is told how many more to do. Arguments: {@code train|head|evaluate NETWORK SIZE BATCH float32|tf32|bfloat16}.
 */
final class Trainee implements TrainingControl, TrainingListener {
    private static final int WARM_UP = 3;
    private static final int ROWS = 10_000;

    /** For what is not measured but cannot be left out. */
    private static final int FEW = 2;

    private static final double NANOS_A_SECOND = 1e9;

    private final BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final int batchSize;
    private final Device device;
    private int ordered = WARM_UP;
    private int done;
    private boolean running;
    private long start;

    private Trainee(int batchSize, Device device) {
        this.batchSize = batchSize;
        this.device = device;
    }

    public static void main(String[] args) {
        GivenPyTorch.use();
        PyTorch.allowTf32(args[4].equals("tf32"));
        Trainee trainee = new Trainee(Integer.parseInt(args[3]), PyTorch.device());
        train(args, trainee, trainee);
    }

    /** Trains until the control stops it. */
    static void train(String[] args, TrainingListener listener, TrainingControl control) {
        Path home = Path.of(System.getProperty("java.io.tmpdir"), "initlab-bench-none");
        Trainer trainer = new Trainer(
                new DatasetCatalog(home, DatasetAddresses.official(), RowCache.unlimited(home.resolve("cache"))),
                new WeightsCatalog(home, ImageNetWeights.OFFICIAL_ADDRESS),
                new NetworkFiles(home, false),
                PyTorch.device());
        boolean onlyTheHead = args[0].equals("head");
        boolean training = onlyTheHead || args[0].equals("train");
        Precision precision = args[4].equals("bfloat16") ? Precision.BFLOAT16 : Precision.FLOAT32;
        ModelSpec model = model(args[1], Integer.parseInt(args[2]), onlyTheHead);
        TrainingPlan plan = plan(training, model, Integer.parseInt(args[3]), precision);
        trainer.train(plan, Runtime.getRuntime().availableProcessors(), Optional.empty(), listener, control);
    }

    private static TrainingPlan plan(boolean training, ModelSpec model, int batch, Precision precision) {
        return new TrainingPlan(
                new DatasetSpec("synthetic", null, training ? ROWS : FEW, training ? FEW : ROWS, null, null),
                model,
                new BiasInit.Default(),
                new TrainingSpec(1000, training ? batch : FEW, null, null, null, null, null, null, precision),
                new EvaluationSpec(training ? FEW : batch, null),
                1,
                10);
    }

    /** With the network's own rates, as the rival has them. */
    private static ModelSpec model(String network, int size, boolean onlyTheHead) {
        ModelSpec.Trained trained = onlyTheHead ? ModelSpec.Trained.HEAD : ModelSpec.Trained.ALL;
        ModelSpec spec = new ModelSpec(network, null, size, null, null, null, trained, null, null);
        return NetworkCatalog.named(network).orElseThrow().resolve(spec, new ImageShape(size, size, 3));
    }

    @Override
    public Signal next() {
        if (!running || done++ < ordered) {
            return Signal.GO_ON;
        }
        synchronize();
        System.out.println(
                start == 0
                        ? "ready"
                        : Double.toString(ordered * batchSize * NANOS_A_SECOND / (System.nanoTime() - start)));
        String order = order();
        if (order == null) {
            return Signal.ABANDON;
        }
        ordered = Integer.parseInt(order);
        done = 1;
        start = System.nanoTime();
        return Signal.GO_ON;
    }

    /** Waits for what a GPU still computes: until then, only the orders to it have been timed. */
    private void synchronize() {
        try (NDManager manager = NDManager.newBaseManager(device);
                NDArray zero = manager.zeros(new Shape(1))) {
            zero.toFloatArray();
        }
    }

    private String order() {
        try {
            return orders.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void started(DatasetSummary data, double biasValue) {
        running = true;
    }

    @Override
    public void epochFinished(EpochResult result, StepLosses steps, Supplier<Snapshot> snapshot) {}

    @Override
    public void checkpoint(Snapshot snapshot) {}
}

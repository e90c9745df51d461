package org.initlab.training.data.images;

import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.initlab.training.data.InputPipeline;
import org.initlab.training.data.Labels;
import org.initlab.training.data.Split;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.spec.ImageTransform;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A batch of rows from all over a data set of CIFAR-10's size: its bytes and labels, and the transform that follows.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BatchAssemblyBenchmark {
    private static final int ROWS = 50_000;
    private static final int SIDE = 32;
    private static final int BATCH = 64;

    @Param({"32", "240"})
    int size;

    private final SplittableRandom random = new SplittableRandom(1);
    private NDManager manager;
    private Split split;
    private InputPipeline pipeline;

    @Setup
    public void fill() {
        Images images = Images.allocate(ROWS, SIDE, SIDE, 3);
        random.nextBytes(images.pixels());
        Labels labels = new Labels(random.ints(ROWS, 0, ROWS).toArray(), images.classes(), 0);
        split = images.select(labels, ImageTransform.square(size));
        manager = NDManager.newBaseManager(PyTorch.device());
        pipeline = split.pipeline(manager);
    }

    @Benchmark
    public void batch() {
        try (NDManager batch = manager.newSubManager()) {
            int[] rows = random.ints(BATCH, 0, ROWS).toArray();
            split.labels().load(batch, rows);
            pipeline.apply(split.load(batch, rows));
        }
    }

    @TearDown
    public void free() {
        manager.close();
    }
}

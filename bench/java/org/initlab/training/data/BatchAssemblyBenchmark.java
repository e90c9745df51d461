package org.initlab.training.data;

import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.initlab.training.PyTorch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A batch of rows from all over CIFAR-10's size of data: its bytes and labels, and the transform that follows. */
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
    private BinarySplit split;
    private BatchTransform transform;

    @Setup
    public void fill() {
        ImageSplit images = ImageSplit.allocate(ROWS, SIDE, SIDE, 3);
        random.nextBytes(images.pixels());
        split = new BinarySplit(images, random.ints(ROWS, 0, ROWS).toArray(), 0);
        manager = NDManager.newBaseManager(PyTorch.device());
        transform = new BatchTransform(manager, ImageTransform.square(size), split);
    }

    @Benchmark
    public void batch() {
        try (NDManager batch = manager.newSubManager()) {
            int[] rows = random.ints(BATCH, 0, ROWS).toArray();
            split.labels(batch, rows);
            transform.apply(split.images(batch, rows));
        }
    }

    @TearDown
    public void free() {
        manager.close();
    }
}

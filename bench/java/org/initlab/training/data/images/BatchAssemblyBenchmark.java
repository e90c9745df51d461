package org.initlab.training.data.images;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.initlab.training.data.InputPipeline;
import org.initlab.training.data.Labels;
import org.initlab.training.data.Split;
import org.initlab.training.data.cache.CacheKey;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.data.cache.RowSequence;
import org.initlab.training.data.cache.StreamedRows;
import org.initlab.training.engine.PyTorch;
import org.initlab.training.spec.ImageShape;
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
import org.springframework.util.FileSystemUtils;

/**
 * A batch of rows from all over a data set of CIFAR-10's size: its bytes and labels, and the transform that follows.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BatchAssemblyBenchmark {
    private static final int ROWS = 50_000;
    private static final int SIDE = 32;
    private static final int CHANNELS = 3;
    private static final int BATCH = 64;

    @Param({"32", "240"})
    int size;

    private final SplittableRandom random = new SplittableRandom(1);
    private Path folder;
    private NDManager manager;
    private StreamedRows rows;
    private Split split;
    private InputPipeline pipeline;

    @Setup
    public void fill() throws IOException {
        folder = Files.createTempDirectory("rows");
        CacheKey key = CacheKey.of(List.of(), ROWS, SIDE * SIDE * CHANNELS);
        rows = StreamedRows.open(RowCache.unlimited(folder), key, new Noise(), () -> {});
        Labels labels = new Labels(random.ints(ROWS, 0, ROWS).toArray(), rows.classes(), 0);
        split = new StreamedSplit(rows, new ImageShape(SIDE, SIDE, CHANNELS), rows.classes())
                .select(labels, ImageTransform.square(size));
        manager = NDManager.newBaseManager(PyTorch.device());
        pipeline = split.pipeline(manager);
    }

    private record Noise() implements RowSequence {
        @Override
        public String name() {
            return "noise";
        }

        @Override
        public int stamp() {
            return 1;
        }

        @Override
        public Reader open() {
            SplittableRandom random = new SplittableRandom(2);
            return new Reader() {
                @Override
                public int next(byte[] into, int at) {
                    byte[] row = new byte[SIDE * SIDE * CHANNELS];
                    random.nextBytes(row);
                    System.arraycopy(row, 0, into, at, row.length);
                    return 0;
                }

                @Override
                public void close() {}
            };
        }
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
    public void free() throws IOException {
        manager.close();
        rows.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}

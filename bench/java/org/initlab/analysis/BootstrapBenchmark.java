package org.initlab.analysis;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One interval of a comparison, which has two per epoch and arm. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BootstrapBenchmark {
    @Param("10")
    int pairs;

    private final Bootstrap bootstrap = new Bootstrap();
    private double[] differences;

    @Setup
    public void draw() {
        differences = new SplittableRandom(1).doubles(pairs, -1, 1).toArray();
    }

    @Benchmark
    public Object intervalOfTenThousandResamples() {
        return bootstrap.interval(differences);
    }
}

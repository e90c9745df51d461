package org.initlab.training;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.initlab.training.objective.BinaryCrossEntropy;
import org.initlab.training.objective.Objective;
import org.initlab.training.spec.Precision;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The metrics of an evaluation. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RankMetricsBenchmark {
    @Param("10000")
    int rows;

    private final Objective objective = new BinaryCrossEntropy();
    private float[] logits;
    private byte[] labels;

    @Setup
    public void draw() {
        SplittableRandom random = new SplittableRandom(1);
        logits = new float[rows];
        labels = new byte[rows];
        for (int row = 0; row < rows; row++) {
            logits[row] = (float) random.nextDouble(-5, 5);
            labels[row] = (byte) (row % 10 == 0 ? 1 : 0);
        }
    }

    @Benchmark
    public BinaryMetrics metricsOfAnEvaluation() {
        return BinaryMetrics.of(logits, labels, objective, new ScoreNoise(0, Precision.FLOAT32));
    }
}

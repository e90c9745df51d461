package org.initlab.results;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.initlab.analysis.ConstantPredictor;
import org.initlab.analysis.Summary;
import org.initlab.experiment.ExperimentState;
import org.initlab.run.EpochRow;
import org.initlab.run.RunState;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.json.JsonMapper;

/** What an answer with metrics costs the first client that asks for it: 20 runs × 6 epochs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MetricsJsonBenchmark {
    private static final int TRIALS = 10;
    private static final int EPOCHS = 6;

    private final JsonMapper mapper = new JsonMapper();
    private final SplittableRandom random = new SplittableRandom(1);
    private MetricsView metrics;

    @Setup
    public void measure() {
        metrics = new MetricsView(
                new UUID(1, 1),
                ExperimentState.RUNNING,
                List.of(arm("default"), arm("positive_rate")),
                ConstantPredictor.of(0.1, 0.1, 0.3));
    }

    private MetricsView.Arm arm(String type) {
        List<MetricsView.Trial> trials = new ArrayList<>();
        for (int trial = 0; trial < TRIALS; trial++) {
            List<EpochRow> epochs = new ArrayList<>();
            for (int epoch = 0; epoch <= EPOCHS; epoch++) {
                epochs.add(row(epoch));
            }
            trials.add(new MetricsView.Trial(trial, new UUID(2, trial), trial, RunState.SUCCEEDED, epochs));
        }
        List<MetricsView.EpochSummary> summary = new ArrayList<>();
        for (int epoch = 0; epoch <= EPOCHS; epoch++) {
            Summary of = Summary.of(random.doubles(TRIALS).toArray());
            summary.add(new MetricsView.EpochSummary(epoch, TRIALS, of, of, of, of, of, of, of));
        }
        return new MetricsView.Arm(type, new ResolvedBias(type, null, null, null), trials, summary);
    }

    private EpochRow row(int epoch) {
        double[] values = random.doubles(12).toArray();
        return new EpochRow(
                epoch,
                values[0],
                values[1],
                values[2],
                values[3],
                values[4],
                values[5],
                values[6],
                values[7],
                values[8],
                values[9],
                values[10],
                values[11],
                values[11],
                1000,
                0.0);
    }

    @Benchmark
    public byte[] json() {
        return mapper.writeValueAsBytes(metrics);
    }
}

package org.initlab.bench;

import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The hot pieces on the Java side, each by itself: all classes {@code …Benchmark} on the class path. */
final class JmhSection implements Section {
    private static final int ITERATIONS = 3;

    @Override
    public String name() {
        return "jmh";
    }

    @Override
    public void measure(Settings settings, Report report) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include("Benchmark\\.")
                .forks(1)
                .warmupIterations(ITERATIONS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT);
        for (RunResult run : new Runner(options.build()).run()) {
            Result<?> result = run.getPrimaryResult();
            report.add(Row.known("JMH: " + name(run), result.getScoreUnit(), result.getScore()));
        }
    }

    /** Class and method, with the parameters if there are any. */
    private static String name(RunResult run) {
        String benchmark = run.getParams().getBenchmark().replaceAll(".*\\.(\\w+\\.\\w+)$", "$1");
        String parameters = run.getParams().getParamsKeys().stream()
                .map(key -> " " + key + "=" + run.getParams().getParam(key))
                .reduce("", String::concat);
        return benchmark + parameters;
    }
}

package org.initlab.study;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.initlab.experiment.ExperimentState;
import org.initlab.experiment.ExperimentView.Progress;
import org.initlab.experiment.ExperimentView.RunCounts;
import org.initlab.experiment.StudyPoint;
import org.initlab.study.StudyView.ExperimentCounts;
import org.initlab.study.StudyView.GridPoint;
import org.initlab.study.StudyView.PointLinks;
import org.initlab.study.StudyView.StudyLinks;

/** Combines a study with where its points stand. */
final class StudyAssembler {
    private StudyAssembler() {}

    static StudyView view(StudyTable.Row study, List<StudyPoint> points) {
        ExperimentState state =
                ExperimentState.ofAll(points.stream().map(StudyPoint::state).toList());
        return new StudyView(
                study.id(),
                points.stream().mapToLong(StudyPoint::revision).sum(),
                study.name(),
                state,
                points.stream().anyMatch(StudyPoint::keep),
                study.createdAt(),
                times(points, StudyPoint::startedAt).stream()
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                state.isFinal()
                        ? times(points, StudyPoint::finishedAt).stream()
                                .max(Comparator.naturalOrder())
                                .orElse(null)
                        : null,
                study.base(),
                study.grid().axes(),
                counts(points),
                runs(points),
                progress(state, points),
                points.stream().map(point -> point(point, study.grid())).toList(),
                StudyLinks.of(study.id()));
    }

    private static List<Instant> times(List<StudyPoint> points, Function<StudyPoint, Instant> time) {
        return points.stream().map(time).filter(Objects::nonNull).toList();
    }

    private static GridPoint point(StudyPoint point, Grid grid) {
        return new GridPoint(
                point.position(),
                IntStream.of(grid.indexes(point.position())).boxed().toList(),
                grid.values(point.position()),
                point.name(),
                point.id(),
                point.state(),
                point.runs(),
                point.progress(),
                PointLinks.of(point.id()));
    }

    private static ExperimentCounts counts(List<StudyPoint> points) {
        return new ExperimentCounts(
                points.size(),
                count(points, ExperimentState.QUEUED),
                count(points, ExperimentState.RUNNING),
                count(points, ExperimentState.PAUSED),
                count(points, ExperimentState.SUCCEEDED),
                count(points, ExperimentState.FAILED),
                count(points, ExperimentState.CANCELLED));
    }

    private static int count(List<StudyPoint> points, ExperimentState state) {
        return (int) points.stream().filter(point -> point.state() == state).count();
    }

    private static RunCounts runs(List<StudyPoint> points) {
        return points.stream().map(StudyPoint::runs).reduce(RunCounts::plus).orElseThrow();
    }

    private static Progress progress(ExperimentState state, List<StudyPoint> points) {
        long done = sum(points, point -> point.progress().epochsDone());
        long total = sum(points, point -> point.progress().epochsTotal());
        double fraction = total == 0 ? state == ExperimentState.SUCCEEDED ? 1 : 0 : (double) done / total;
        return new Progress(done, total, fraction, state.isFinal() ? Long.valueOf(0) : etaSeconds(points));
    }

    /** A point that has not begun is taken to be as slow as the others on average. */
    private static Long etaSeconds(List<StudyPoint> points) {
        double[] known = points.stream()
                .map(StudyPoint::epochSeconds)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (known.length == 0) {
            return null;
        }
        double usual = DoubleStream.of(known).average().orElseThrow();
        double left = points.stream()
                .filter(point -> !point.state().isFinal())
                .mapToDouble(point ->
                        (point.progress().epochsTotal() - point.progress().epochsDone())
                                * (point.epochSeconds() == null ? usual : point.epochSeconds()))
                .sum();
        return Math.round(left / Math.max(1, sum(points, point -> point.runs().running())));
    }

    private static long sum(List<StudyPoint> points, ToLongFunction<StudyPoint> quantity) {
        return points.stream().mapToLong(quantity).sum();
    }
}

package org.initlab.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.initlab.analysis.PointContrast;
import org.initlab.analysis.PointOutcome;
import org.initlab.experiment.ArmLabels;
import org.initlab.experiment.ExperimentState;
import org.initlab.experiment.StudyPoint;
import org.initlab.experiment.StudyPoints;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.results.PointContrasts;
import org.initlab.results.PointContrasts.Arms;
import org.initlab.results.PointContrasts.Compared;
import org.initlab.study.MapView.MeanDifference;
import org.initlab.study.StudyView.PointLinks;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the maps of studies. */
@Component
public class StudyMaps {
    private final StudyQueries studies;
    private final StudyPoints points;
    private final PointContrasts contrasts;

    StudyMaps(StudyQueries studies, StudyPoints points, PointContrasts contrasts) {
        this.studies = studies;
        this.points = points;
        this.contrasts = contrasts;
    }

    /**
     * The map of what has been measured so far.
     *
     * @throws org.initlab.platform.problem.NotFoundException if there is no such study
     * @throws InvalidRequestException if no point has such arms, naming those that there are
     */
    public MapView of(UUID id, MapRequest request) {
        StudyTable.Row study = studies.row(id);
        List<StudyPoint> all = points.of(List.of(id)).getOrDefault(id, List.of());
        Map<UUID, Compared> compared = contrasts.of(
                all.stream()
                        .map(point -> new PointContrasts.Point(
                                point.id(),
                                point.revision(),
                                point.stopping() == null
                                        ? null
                                        : point.stopping().design()))
                        .toList(),
                new Arms(request.arm(), request.baseline()));
        List<String> arms = compared.values().stream()
                .flatMap(point -> point.labels().stream())
                .distinct()
                .toList();
        requireAny(request, compared, arms);
        List<MapView.MapPoint> shown = shown(study.grid(), all, compared, request);
        return new MapView(
                id,
                all.stream().mapToLong(StudyPoint::revision).sum(),
                study.name(),
                ExperimentState.ofAll(all.stream().map(StudyPoint::state).toList()),
                common(shown, MapView.MapPoint::arm),
                common(shown, MapView.MapPoint::baseline),
                request.metric(),
                request.epoch(),
                request.margin(),
                arms,
                study.grid().axes(),
                shown);
    }

    private static void requireAny(MapRequest request, Map<UUID, Compared> compared, List<String> arms) {
        boolean asked = request.arm() != null || request.baseline() != null;
        if (!asked
                || compared.values().stream().anyMatch(point -> point.contrast().isPresent())) {
            return;
        }
        String baseline = request.baseline() == null ? ArmLabels.baseline(arms) : request.baseline();
        String fault = baseline.equalsIgnoreCase(request.arm())
                ? "the arm " + baseline + " is the baseline: choose another arm, or another baseline"
                : "no point has the two arms " + Objects.requireNonNullElse(request.arm(), "(any)") + " and "
                        + baseline;
        throw new InvalidRequestException(fault + "; the arms are " + String.join(", ", arms));
    }

    private static List<MapView.MapPoint> shown(
            Grid grid, List<StudyPoint> all, Map<UUID, Compared> compared, MapRequest request) {
        List<@Nullable PointContrast> pairs = new ArrayList<>();
        List<Double> margins = new ArrayList<>();
        List<PointOutcome> outcomes = new ArrayList<>();
        for (StudyPoint point : all) {
            PointContrast pair = compared.get(point.id()).contrast().orElse(null);
            Double margin = margin(request, point);
            pairs.add(pair);
            margins.add(margin);
            outcomes.add(pair == null ? PointOutcome.NONE : pair.at(request.epoch(), request.metric(), margin));
        }
        List<PointOutcome> adjusted = PointOutcome.adjusted(outcomes);
        return IntStream.range(0, all.size())
                .mapToObj(i -> shown(all.get(i), grid, pairs.get(i), margins.get(i), adjusted.get(i)))
                .toList();
    }

    private static Double margin(MapRequest request, StudyPoint point) {
        return request.margin() != null ? request.margin() : point.usualMargin(request.metric());
    }

    private static MapView.MapPoint shown(
            StudyPoint point, Grid grid, @Nullable PointContrast pair, Double margin, PointOutcome outcome) {
        return new MapView.MapPoint(
                point.position(),
                IntStream.of(grid.indexes(point.position())).boxed().toList(),
                grid.values(point.position()),
                point.name(),
                point.id(),
                point.state(),
                point.progress().fraction(),
                pair == null ? null : pair.arm(),
                pair == null ? null : pair.baseline(),
                outcome.epoch(),
                outcome.pairs(),
                new MeanDifference(outcome.mean(), outcome.ciLow(), outcome.ciHigh()),
                outcome.interval(),
                margin,
                outcome.equivalence(),
                outcome.tTestP(),
                outcome.tTestPAdjusted(),
                outcome.verdict(),
                PointLinks.of(point.id()));
    }

    private static @Nullable String common(List<MapView.MapPoint> points, Function<MapView.MapPoint, String> label) {
        List<String> labels = points.stream().map(label).distinct().limit(2).toList();
        return labels.size() == 1 ? labels.get(0) : null;
    }
}

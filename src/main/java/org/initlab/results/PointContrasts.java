package org.initlab.results;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.initlab.analysis.ArmCurves;
import org.initlab.analysis.PointContrast;
import org.initlab.analysis.Quantity;
import org.initlab.analysis.SequentialDesign;
import org.initlab.analysis.TiedScores;
import org.initlab.analysis.TrialCurve;
import org.initlab.run.RunCurve;
import org.initlab.run.RunCurve.Scores;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Compares two arms in each of many experiments, and keeps what has not changed since. */
@Service
public class PointContrasts {
    private static final int MOST_NUMBERS = 4 << 20;
    private static final int NUMBERS_OF_NONE = 16;

    private final ResultReader reader;
    private final Cache<Key, Compared> recent = Caffeine.newBuilder()
            .maximumWeight(MOST_NUMBERS)
            .weigher((Key key, Compared compared) -> compared.size())
            .build();

    PointContrasts(ResultReader reader) {
        this.reader = reader;
    }

    /**
     * An experiment as it stands.
     *
     * @param revision read before the call
     * @param design how it is looked at if it may stop early; {@code null} if it may not
     */
    public record Point(UUID id, long revision, @Nullable SequentialDesign design) {}

    /**
     * Which arms to compare, by their labels in any case.
     *
     * @param arm {@code null} for the first that is not the baseline
     * @param baseline {@code null} for {@code default}, or the first where there is none
     */
    public record Arms(@Nullable String arm, @Nullable String baseline) {}

    /**
     * What came of it.
     *
     * @param labels the experiment's arms
     * @param contrast empty where one of the two is not among them
     */
    public record Compared(List<String> labels, Optional<PointContrast> contrast) {
        private int size() {
            return NUMBERS_OF_NONE + contrast.map(PointContrast::size).orElse(0);
        }
    }

    private record Key(Point point, Arms arms) {}

    /** Compares the two arms in each experiment by what has been measured so far; by experiment. */
    public Map<UUID, Compared> of(List<Point> points, Arms arms) {
        Map<UUID, Compared> compared = new LinkedHashMap<>();
        List<Point> missing = new ArrayList<>();
        for (Point point : points) {
            Compared kept = recent.getIfPresent(new Key(point, arms));
            if (kept == null) {
                missing.add(point);
            } else {
                compared.put(point.id(), kept);
            }
        }
        if (!missing.isEmpty()) {
            compared.putAll(read(missing, arms));
            points.forEach(point -> recent.put(new Key(point, arms), compared.get(point.id())));
        }
        return compared;
    }

    private Map<UUID, Compared> read(List<Point> points, Arms wanted) {
        Map<UUID, List<RunCurve>> curves =
                reader.curves(points.stream().map(Point::id).toList());
        return points.parallelStream()
                .collect(Collectors.toConcurrentMap(
                        Point::id,
                        point -> compare(arms(curves.getOrDefault(point.id(), List.of())), wanted, point.design())));
    }

    private static Compared compare(List<ArmCurves> arms, Arms wanted, @Nullable SequentialDesign design) {
        List<String> labels = arms.stream().map(ArmCurves::arm).toList();
        return new Compared(labels, Baselines.find(wanted.baseline(), arms).flatMap(baseline -> arms.stream()
                .filter(arm -> !arm.arm().equals(baseline.arm()))
                .filter(arm -> wanted.arm() == null || arm.arm().equalsIgnoreCase(wanted.arm()))
                .findFirst()
                .map(arm -> PointContrast.of(baseline, arm, arms, design))));
    }

    private static List<ArmCurves> arms(List<RunCurve> runs) {
        int mostScores = TiedScores.most(
                runs.stream().flatMap(run -> run.epochs().stream()).map(Scores::distinctScores));
        Map<String, List<TrialCurve>> trials = new LinkedHashMap<>();
        runs.forEach(run ->
                trials.computeIfAbsent(run.arm(), arm -> new ArrayList<>()).add(curve(run, mostScores)));
        return trials.entrySet().stream()
                .map(arm -> new ArmCurves(arm.getKey(), false, arm.getValue()))
                .toList();
    }

    private static TrialCurve curve(RunCurve run, int mostScores) {
        Map<Quantity, double[]> values = new EnumMap<>(Quantity.class);
        values.put(Quantity.LOSS, values(run, Scores::loss));
        values.put(Quantity.ROC_AUC, values(run, Scores::rocAuc));
        values.put(Quantity.PR_AUC, values(run, Scores::prAuc));
        values.put(Quantity.OBJECTIVE, values(run, Scores::objective));
        return new TrialCurve(
                run.trial(),
                Measured.fate(run.state()),
                values,
                TiedScores.epochs(
                        run.epochs().stream()
                                .map(scores -> new TiedScores.Epoch(scores.distinctScores(), scores.undecidedPairs()))
                                .toList(),
                        mostScores));
    }

    private static double[] values(RunCurve run, Function<Scores, Double> score) {
        return run.epochs().stream()
                .map(score)
                .mapToDouble(value -> value == null ? Double.NaN : value)
                .toArray();
    }
}

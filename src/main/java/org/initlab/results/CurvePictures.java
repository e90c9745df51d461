package org.initlab.results;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.initlab.analysis.ArmCurves;
import org.initlab.analysis.ConstantPredictor;
import org.initlab.analysis.PublishedCurve;
import org.initlab.analysis.Quantity;
import org.initlab.analysis.Summary;
import org.initlab.analysis.curves.Line;
import org.initlab.analysis.curves.Panel;
import org.initlab.analysis.curves.Picture;
import org.initlab.experiment.ArmLabels;
import org.initlab.experiment.ExperimentOutline;
import org.initlab.run.StepStatistic;
import org.initlab.training.data.DatasetSummary;
import org.initlab.training.objective.Objective;
import org.springframework.stereotype.Service;

/** Draws an experiment's curves, and keeps the latest pictures for pages that show a running experiment. */
@Service
public class CurvePictures {
    private static final int CACHED_BYTES = 16 << 20;
    private static final int MOST_STEPS = 600;

    private final ResultReader reader;
    private final PublishedResults published;
    private final Cache<Key, byte[]> recent = Caffeine.newBuilder()
            .maximumWeight(CACHED_BYTES)
            .weigher((Key key, byte[] picture) -> picture.length)
            .build();

    CurvePictures(ResultReader reader, PublishedResults published) {
        this.reader = reader;
        this.published = published;
    }

    private record Key(UUID id, long revision, CurvesRequest request) {}

    /**
     * The encoded picture of what has been measured so far.
     *
     * @param revision of the experiment, read before the call
     * @throws org.initlab.platform.problem.NotFoundException if there is no such experiment
     */
    public byte[] draw(UUID id, long revision, CurvesRequest request) {
        return recent.get(new Key(id, revision, request), key -> {
            Picture picture = request.axis() == CurvesRequest.Axis.EPOCH
                    ? overEpochs(reader.measured(id), request.quantities())
                    : overSteps(reader.experiment(id));
            return request.format().encode(picture, request.theme(), request.width(), request.height());
        });
    }

    private Picture overEpochs(Measured measured, List<Quantity> quantities) {
        ExperimentOutline experiment = measured.experiment();
        List<ArmCurves> arms = measured.curves();
        Map<String, PublishedCurve> reference = published
                .of(experiment.spec())
                .map(PublishedResults.Reference::arms)
                .orElse(Map.of());
        ConstantPredictor constant = measured.constantPredictor();
        return new Picture(
                experiment.name(),
                quantities.stream()
                        .map(quantity -> panel(quantity, arms, reference, constant))
                        .toList());
    }

    private static Panel panel(
            Quantity quantity,
            List<ArmCurves> arms,
            Map<String, PublishedCurve> reference,
            ConstantPredictor constant) {
        List<Line> own = new ArrayList<>();
        List<Line> behind = new ArrayList<>();
        for (int index = 0; index < arms.size(); index++) {
            ArmCurves arm = arms.get(index);
            own.add(Line.of(arm, index, quantity));
            if (reference.containsKey(arm.arm())) {
                behind.add(Line.of(reference.get(arm.arm()), arm, index, quantity));
            }
        }
        Double level = constant == null ? null : (Double) constant.level(quantity);
        return new Panel(quantity.title(), "epoch", own, behind, level, quantity.most());
    }

    private Picture overSteps(ExperimentOutline experiment) {
        int perEpoch = Math.max(
                1, MOST_STEPS / Math.max(1, experiment.spec().training().epochs()));
        Map<String, List<Line.Point>> points = new LinkedHashMap<>();
        ArmLabels.of(experiment.spec().biasInits()).forEach(arm -> points.put(arm, new ArrayList<>()));
        for (StepStatistic at : reader.stepStatistics(experiment.id(), perEpoch)) {
            Summary losses = Summary.of(at.runs(), at.mean(), at.std()).within(0, Double.POSITIVE_INFINITY);
            points.get(at.arm()).add(Line.Point.of((double) at.step(), losses));
        }
        List<Line> lines = new ArrayList<>();
        points.forEach((arm, ofArm) -> lines.add(new Line(arm, lines.size(), ofArm)));
        Double level = experiment.dataset() == null ? null : (Double) constant(experiment, experiment.dataset());
        Panel panel = new Panel(
                "Training loss of single batches (nats)", "step", lines, List.of(), level, Double.POSITIVE_INFINITY);
        return new Picture(experiment.name(), List.of(panel));
    }

    /** The smallest objective that a constant logit has on the rows that training draws. */
    private static double constant(ExperimentOutline experiment, DatasetSummary dataset) {
        double drawn = experiment.spec().prior(dataset).drawnRate();
        Objective objective = Measured.objective(experiment, dataset);
        return objective.constantMean(objective.constantLogit(drawn), drawn);
    }
}

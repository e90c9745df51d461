package org.initlab.results;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.UUID;
import org.initlab.analysis.ArmCurves;
import org.initlab.analysis.BaselineSteps;
import org.initlab.analysis.Comparison;
import org.initlab.analysis.ConstantPredictor;
import org.initlab.analysis.Criterion;
import org.initlab.analysis.PublishedDistance;
import org.initlab.analysis.SequentialDesign;
import org.initlab.analysis.StepCurve;
import org.initlab.experiment.ExperimentOutline;
import org.initlab.experiment.ExperimentSpec;
import org.initlab.experiment.StoppingSpec;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.results.ComparisonView.Published;
import org.initlab.run.RunState;
import org.initlab.run.RunView;
import org.initlab.training.StepLosses;
import org.initlab.training.data.DatasetSummary;
import org.springframework.stereotype.Service;

/** Compares the arms of an experiment, and keeps the latest comparisons for clients that poll. */
@Service
public class Comparisons {
    private final ResultReader reader;
    private final PublishedResults published;
    private final Cache<Key, Compared> recent =
            Caffeine.newBuilder().maximumSize(16).build();
    private final Cache<Question, ComparisonView> answers =
            Caffeine.newBuilder().maximumSize(16).build();

    Comparisons(ResultReader reader, PublishedResults published) {
        this.reader = reader;
        this.published = published;
    }

    private record Key(UUID id, long revision, String baseline) {}

    private record Question(Key key, Criterion criterion, Double margin) {}

    /** What is the same whatever the verdict is about. */
    private record Compared(
            ExperimentOutline experiment,
            String baseline,
            ConstantPredictor constant,
            Comparison comparison,
            Published published) {

        ComparisonView judged(Criterion criterion, Double wanted) {
            Double margin = wanted == null ? experiment.usualMargin(criterion) : wanted;
            return new ComparisonView(
                    experiment.id(),
                    experiment.state(),
                    baseline,
                    criterion,
                    margin,
                    constant,
                    comparison.judged(criterion, margin),
                    published);
        }
    }

    /**
     * The differences from a baseline in what has been measured so far.
     *
     * @param revision of the experiment, read before the call
     * @param baseline an arm's label, in any case; {@code null} means the arm {@code default}, or the first if there is none
     * @param criterion what the verdicts are about
     * @param margin the difference in it that matters, above 0; {@code null} means the usual one
     * @throws org.initlab.platform.problem.NotFoundException if there is no such experiment
     * @throws InvalidRequestException if it has no such arm, naming those that it has
     */
    public ComparisonView of(UUID id, long revision, String baseline, Criterion criterion, Double margin) {
        Key key = new Key(id, revision, baseline);
        return answers.get(new Question(key, criterion, margin), question -> recent.get(
                        key, missing -> compare(reader.measured(id), baseline))
                .judged(criterion, margin));
    }

    private Compared compare(Measured measured, String wanted) {
        ExperimentOutline experiment = measured.experiment();
        List<ArmCurves> arms = measured.curves();
        ArmCurves baseline = baseline(wanted, arms);
        ConstantPredictor constant = measured.constantPredictor();
        StoppingSpec stopping = experiment.spec().stopping();
        SequentialDesign design = stopping == null ? null : stopping.design();
        return new Compared(
                experiment,
                baseline.arm(),
                constant,
                Comparison.of(baseline, arms, constant, steps(measured, baseline.arm()), design),
                published(experiment.spec(), arms));
    }

    private static ArmCurves baseline(String wanted, List<ArmCurves> arms) {
        return Baselines.find(wanted, arms)
                .orElseThrow(() -> new InvalidRequestException("there is no arm '" + wanted + "'; the arms are "
                        + String.join(", ", arms.stream().map(ArmCurves::arm).toList())));
    }

    private BaselineSteps steps(Measured measured, String baseline) {
        ExperimentOutline experiment = measured.experiment();
        List<UUID> runs = measured.runs().stream()
                .filter(run -> run.arm().equals(baseline) && run.state() != RunState.DIVERGED)
                .map(RunView::id)
                .toList();
        return new BaselineSteps() {
            @Override
            public int perEpoch() {
                return stepsPerEpoch(experiment.dataset(), experiment.spec());
            }

            @Override
            public boolean measure(Criterion criterion) {
                return measured.stepsMeasure(criterion);
            }

            @Override
            public StepCurve inEpoch(int epoch) {
                StepLosses kept = reader.meanSteps(experiment.id(), runs, epoch);
                return new StepCurve(kept.steps(), kept.losses());
            }
        };
    }

    private static int stepsPerEpoch(DatasetSummary dataset, ExperimentSpec spec) {
        int batch = spec.training().batchSize();
        return (dataset.trainRows() + batch - 1) / batch;
    }

    private Published published(ExperimentSpec spec, List<ArmCurves> arms) {
        return published
                .of(spec)
                .map(reference -> new Published(
                        reference.preset(),
                        reference.source(),
                        arms.stream()
                                .filter(arm -> reference.arms().containsKey(arm.arm()))
                                .map(arm -> PublishedDistance.of(
                                        arm, reference.arms().get(arm.arm())))
                                .toList()))
                .orElse(null);
    }
}

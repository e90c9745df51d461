package org.initlab.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.initlab.training.spec.BiasInit;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.EvaluationSpec;
import org.initlab.training.spec.FlatRows;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.ModelSpec;
import org.initlab.training.spec.OptimizerSpec;
import org.initlab.training.spec.TrainingPlan;
import org.initlab.training.spec.TrainingSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationBatchTest {

    @ParameterizedTest
    @CsvSource({
        "32, 8, 256, EVAL, 256",
        "240, 8, 256, EVAL, 48",
        "240, 64, 256, EVAL, 64",
        "240, 64, 16, EVAL, 16",
        "1024, 2, 256, EVAL, 2",
        "240, 8, 256, TRAIN, 256"
    })
    void aBatchIsCutWhereItWouldTakeMoreThanTraining(
            int size, int trained, int asked, EvaluationSpec.Mode mode, int expected) {
        TrainingPlan fitted = EvaluationBatch.fitted(plan(trained, asked, mode), ImageTransform.square(size));
        assertThat(fitted.evaluation()).isEqualTo(new EvaluationSpec(expected, mode));
    }

    @Test
    void rowsOfNumbersAreLeftAsTheyAre() {
        TrainingPlan plan = plan(8, 2048, EvaluationSpec.Mode.EVAL);
        assertThat(EvaluationBatch.fitted(plan, new FlatRows())).isEqualTo(plan);
    }

    private static TrainingPlan plan(int trained, int evaluated, EvaluationSpec.Mode mode) {
        return new TrainingPlan(
                new DatasetSpec("digits", null, null, null, null, null),
                new ModelSpec("resnet18", null, 32, null, null),
                new BiasInit.Zeros(null),
                new TrainingSpec(1, trained, true, new OptimizerSpec.Sgd(0.1, null, null)),
                new EvaluationSpec(evaluated, mode),
                1,
                1);
    }
}

package org.initlab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.initlab.training.engine.RandomStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitialBiasTest {

    @ParameterizedTest
    @CsvSource({"0.5, 0.1, 0", "0.1, 1, 0", "0.01, 30, 0", "0.001, 0.01, 3", "0.3, 5, -20", "0.999, 1, 0", "0.02, 0, 0"
    })
    void theMeanProbabilityIsTheRate(double rate, double spread, double centre) {
        SplittableRandom random = new SplittableRandom(1);
        float[] logits = new float[1024];
        for (int row = 0; row < logits.length; row++) {
            logits[row] = (float) (centre + spread * (2 * random.nextDouble() - 1));
        }
        float bias = InitialBias.biasFor(rate, logits);

        double sum = 0;
        for (float logit : logits) {
            sum += 1 / (1 + Math.exp(-(double) (logit + bias)));
        }
        assertThat(sum / logits.length).isCloseTo(rate, within(1e-6));
    }

    @Test
    void allRowsAreLookedAtIfThereAreFewer() {
        assertThat(new RandomStreams(3).calibrationRows(5, 1024)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void otherwiseASeededChoiceIs() {
        int[] rows = new RandomStreams(3).calibrationRows(5000, 1024);

        assertThat(rows).hasSize(1024).doesNotHaveDuplicates().isSorted();
        assertThat(rows[1023]).isGreaterThan(4500);
        assertThat(new RandomStreams(3).calibrationRows(5000, 1024)).isEqualTo(rows);
        assertThat(new RandomStreams(4).calibrationRows(5000, 1024)).isNotEqualTo(rows);
    }
}

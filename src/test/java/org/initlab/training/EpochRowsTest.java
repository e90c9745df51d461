package org.initlab.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.initlab.training.data.Labels;
import org.initlab.training.engine.RandomStreams;
import org.initlab.training.spec.Sampling;
import org.initlab.training.spec.TrainingSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochRowsTest {
    private static final int POSITIVES = 7;

    @ParameterizedTest
    @ValueSource(ints = {100, 101})
    void aBalancedEpochDrawsHalfPositivesRoundedDown(int rows) {
        Labels labels = labels(rows);
        EpochRows balanced = rows(Sampling.BALANCED, labels, 3);
        for (int epoch = 1; epoch <= 5; epoch++) {
            int[] drawn = balanced.of(epoch);
            assertThat(drawn).hasSize(rows);
            assertThat(Arrays.stream(drawn).filter(labels::isPositive).count()).isEqualTo(rows / 2);
        }
    }

    @Test
    void everyRowIsDrawnAsOftenAsAnyOtherOfItsClass() {
        Labels labels = labels(100);
        EpochRows balanced = rows(Sampling.BALANCED, labels, 3);
        int[] times = new int[100];
        IntStream.rangeClosed(1, 1000)
                .forEach(epoch -> Arrays.stream(balanced.of(epoch)).forEach(row -> times[row]++));

        // binomial, of 50,000 draws: 5 standard deviations
        for (int row = 0; row < times.length; row++) {
            double mean = 50_000.0 / (labels.isPositive(row) ? POSITIVES : 100 - POSITIVES);
            assertThat((double) times[row]).isBetween(mean - 5 * Math.sqrt(mean), mean + 5 * Math.sqrt(mean));
        }
    }

    @Test
    void aBalancedEpochIsShuffled() {
        Labels labels = labels(1000);
        int[] drawn = rows(Sampling.BALANCED, labels, 3).of(1);

        assertThat(Arrays.stream(drawn, 0, 500).filter(labels::isPositive).count())
                .isBetween(200L, 300L);
    }

    @Test
    void anEpochsRowsDependOnTheSeedAndTheEpochOnly() {
        Labels labels = labels(100);
        for (Sampling sampling : Sampling.values()) {
            int[] drawn = rows(sampling, labels, 3).of(2);
            assertThat(rows(sampling, labels, 3).of(2)).isEqualTo(drawn);
            assertThat(rows(sampling, labels, 3).of(1)).isNotEqualTo(drawn);
            assertThat(rows(sampling, labels, 4).of(2)).isNotEqualTo(drawn);
        }
    }

    @Test
    void aNaturalEpochHasEveryRowOnce() {
        assertThat(rows(Sampling.NATURAL, labels(100), 3).of(1)).containsExactlyInAnyOrder(RandomStreams.inOrder(100));
    }

    private static EpochRows rows(Sampling sampling, Labels labels, long seed) {
        TrainingSpec spec = new TrainingSpec(null, null, null, sampling, null, null, null, null, null);
        return EpochRows.of(spec, labels, new RandomStreams(seed));
    }

    private static Labels labels(int rows) {
        int[] classes = new int[rows];
        Arrays.fill(classes, rows - POSITIVES, rows, 1);
        return new Labels(RandomStreams.inOrder(rows), classes, 1);
    }
}

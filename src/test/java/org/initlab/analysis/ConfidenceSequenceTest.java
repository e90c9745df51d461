package org.initlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The sequence against numeric integration by SciPy 1.17.1; see {@code golden/sequences.py}. */
class ConfidenceSequenceTest {
    private static final Offset<Double> EQUAL = within(1e-9);

    record Golden(int firstLook, double error, double[] differences, List<Look> looks) {}

    record Look(int pairs, double low, double high) {}

    @Test
    void everyLookIsSciPys() throws IOException {
        for (Golden expected : golden()) {
            ConfidenceSequence sequence = new ConfidenceSequence(new SequenceBound(expected.firstLook, expected.error));
            for (double difference : expected.differences) {
                sequence.add(difference);
                int look = sequence.pairs() - expected.firstLook;
                if (look < 0) {
                    assertThat(sequence.low()).isEqualTo(Double.NEGATIVE_INFINITY);
                    assertThat(sequence.high()).isEqualTo(Double.POSITIVE_INFINITY);
                } else {
                    assertThat(sequence.low()).isCloseTo(expected.looks.get(look).low, EQUAL);
                    assertThat(sequence.high()).isCloseTo(expected.looks.get(look).high, EQUAL);
                }
            }
        }
    }

    private static Golden[] golden() throws IOException {
        try (InputStream json = ConfidenceSequenceTest.class.getResourceAsStream("/golden/sequences.json")) {
            return JsonMapper.shared().readValue(json, Golden[].class);
        }
    }

    @Test
    void whatIsDecidedStaysSo() {
        ConfidenceSequence sequence = sequence(1, 1.1, 0.9, 1, 1.05);
        assertThat(sequence.isDecided(null)).isTrue();
        double low = sequence.low();

        for (int pair = 0; pair < 20; pair++) {
            sequence.add(-5);
        }

        assertThat(sequence.isDecided(null)).isTrue();
        assertThat(sequence.low()).isGreaterThanOrEqualTo(low);
        assertThat(sequence.high()).isGreaterThanOrEqualTo(sequence.low());
    }

    @Test
    void anIntervalWithinTheMarginDecides() {
        ConfidenceSequence sequence = sequence(0.01, -0.01, 0.02, -0.02, 0);

        assertThat(sequence.isDecided(null)).isFalse();
        assertThat(sequence.isDecided(0.1)).isTrue();
        assertThat(sequence.isDecided(0.02)).isFalse();
        assertThat(sequence(0, 0, 0, 0).isDecided(1.0)).isFalse();
        assertThat(sequence(0, 0, 0, 0, 0).isDecided(1e-9)).isTrue();
    }

    @Test
    void theBoundHoldsForTheSmallestErrorAndTheFewestPairs() {
        assertThat(new SequenceBound(3, 1e-4 / 7).half(3, 1)).isBetween(100.0, 1e6);
        assertThat(new SequenceBound(1000, 0.5).half(1000, 1)).isBetween(0.0, 0.1);
    }

    private static ConfidenceSequence sequence(double... differences) {
        ConfidenceSequence sequence = new ConfidenceSequence(new SequenceBound(5, 0.05));
        for (double difference : differences) {
            sequence.add(difference);
        }
        return sequence;
    }
}

package org.initlab.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.Test;

class RowSelectionTest {
    private static final PositiveClass POSITIVE = new PositiveClass(1, "ring");

    /** Rows of which every fourth is positive. */
    private static final int[] LABELS =
            IntStream.range(0, 1000).map(row -> row % 4 == 0 ? 1 : 0).toArray();

    @Test
    void withoutARateAllRowsStayUpToTheLimit() {
        assertThat(select(10, null)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(select(5000, null)).hasSize(1000);
    }

    @Test
    void aLowerRateDropsPositivesAndKeepsTheOrder() {
        int[] rows = select(null, 0.01);
        assertThat(positives(rows)).isEqualTo(8);
        assertThat(rows).hasSize(758).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aHigherRateDropsNegativesAndKeepsTheOrder() {
        int[] rows = select(null, 0.5);
        assertThat(positives(rows)).isEqualTo(250);
        assertThat(rows).hasSize(500).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void theRateThatTheRowsHaveDropsNone() {
        assertThat(select(null, 0.25)).hasSize(1000);
    }

    @Test
    void theLimitComesBeforeTheRate() {
        int[] rows = select(100, 0.5);
        assertThat(rows).hasSize(50);
        assertThat(rows[49]).isLessThan(100);
    }

    @Test
    void theChoiceIsTheSameEveryTimeAndSpreadOverTheRows() {
        int[] rows = select(null, 0.1);
        assertThat(rows).isEqualTo(select(null, 0.1));
        int[] positives = Arrays.stream(rows).filter(row -> LABELS[row] == 1).toArray();
        assertThat(positives).hasSize(83);
        assertThat(positives[41]).isBetween(300, 700);
    }

    @Test
    void aRateThatLeavesNoRowOfAClassIsRefused() {
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> select(100, 0.001))
                .withMessageContaining("train split has 25 rows of the positive class \"ring\" and 75 others");
        assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> select(1, 0.5));
    }

    private static int[] select(Integer limit, Double rate) {
        return new RowSelection("train", limit, rate).select(LABELS, POSITIVE);
    }

    private static long positives(int[] rows) {
        return Arrays.stream(rows).filter(row -> LABELS[row] == 1).count();
    }
}

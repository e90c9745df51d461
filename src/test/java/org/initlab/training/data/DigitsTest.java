package org.initlab.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import org.initlab.training.spec.DatasetSpec;
import org.junit.jupiter.api.Test;

class DigitsTest {

    @Test
    void theShippedDigitsAreReadAndScaledToEightBits() {
        BinaryDataset task = new DatasetCatalog(Path.of("datasets"), DatasetAddresses.official())
                .load(new DatasetSpec("digits", null, null, null, null, null), ImageTransform.square(8), () -> {});
        assertThat(task.positiveClass()).isEqualTo(new PositiveClass(0, "0"));
        assertThat(task.train().rows()).isEqualTo(1437);
        assertThat(task.test().rows()).isEqualTo(360);
        assertThat(task.train().positiveRate()).isBetween(0.095, 0.105);
        assertThat(task.testCounts()).hasSize(10).allMatch(digit -> digit.count() > 30);
        try (NDManager manager = NDManager.newBaseManager()) {
            int[] firstImage = task.train().images(manager, new int[] {0}).toUint8Array();
            assertThat(firstImage)
                    .hasSize(64)
                    .startsWith(0, 0, 79, 207, 143, 15, 0)
                    .contains(239);
        }
        assertThat(task.train().isPositive(0)).isTrue();
        assertThat(task.train().isPositive(1)).isFalse();
    }
}

package org.initlab.training.data.images;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.data.BinaryDataset;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.ImageTransform;
import org.junit.jupiter.api.Test;

class DigitsTest {

    @Test
    void theShippedDigitsAreReadAndScaledToEightBits() {
        BinaryDataset data = new DatasetCatalog(
                        Path.of("datasets"),
                        DatasetAddresses.official(),
                        RowCache.unlimited(Path.of("target", "cache")))
                .load(new DatasetSpec("digits", null, null, null, null, null), ImageTransform.square(8), () -> {});
        assertThat(data.summary().positiveClass()).isEqualTo(new PositiveClass(0, "0"));
        assertThat(data.train().labels().count()).isEqualTo(1437);
        assertThat(data.test().labels().count()).isEqualTo(360);
        assertThat(data.train().labels().positiveRate()).isBetween(0.095, 0.105);
        assertThat(data.summary().testCounts()).hasSize(10).allMatch(digit -> digit.count() > 30);
        try (NDManager manager = NDManager.newBaseManager()) {
            int[] firstImage = data.train().load(manager, new int[] {0}).toUint8Array();
            assertThat(firstImage)
                    .hasSize(64)
                    .startsWith(0, 0, 79, 207, 143, 15, 0)
                    .contains(239);
        }
        assertThat(data.train().labels().isPositive(0)).isTrue();
        assertThat(data.train().labels().isPositive(1)).isFalse();
    }
}

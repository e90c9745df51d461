package org.initlab.training.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.catalog.DatasetCatalog;
import org.initlab.training.data.BinaryDataset;
import org.initlab.training.data.ClassCount;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.ImageTransform;
import org.initlab.training.spec.TrainingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntheticTest {

    @ParameterizedTest
    @CsvSource({"0.5,1000,500", "0.1,1000,100", "0.001,3000,3", "0.001,100,1", "0.999,100,99"})
    void everyRateIsMetToTheNearestRow(double rate, int rows, int positives) {
        BinaryDataset data = load(new DatasetSpec("synthetic", null, rows, 1000, rate, null));
        assertThat(data.train().labels().count()).isEqualTo(rows);
        assertThat(data.train().labels().positives()).isEqualTo(positives);
        assertThat(data.test().labels().positives()).isEqualTo((int) Math.max(1, Math.round(1000 * rate)));
    }

    @Test
    void theRateHoldsForWhicheverClassIsPositive() {
        BinaryDataset data = load(new DatasetSpec("synthetic", "other", 200, 200, 0.2, null));
        assertThat(data.summary().trainCounts())
                .containsExactly(new ClassCount(0, "other", 40), new ClassCount(1, "ring", 160));
    }

    @Test
    void withoutLimitsTheDefaultsHold() {
        BinaryDataset data = load(new DatasetSpec("synthetic", null, null, null, null, null));
        assertThat(data.summary().positiveClass()).isEqualTo(new PositiveClass(1, "ring"));
        assertThat(data.train().labels().count()).isEqualTo(5000);
        assertThat(data.train().labels().positiveRate()).isEqualTo(0.1);
        assertThat(data.test().labels().count()).isEqualTo(1000);
        assertThat(data.test().labels().positiveRate()).isEqualTo(0.1);
    }

    @Test
    void theImagesAreTheSameInEveryJavaVersion() {
        BinaryDataset data = load(new DatasetSpec("synthetic", null, 20, 20, 0.1, null));
        assertThat(data.summary().fingerprint())
                .isEqualTo("sha256:791c39865043b57b25a065422d8f2602787d882c5d89c81f5f580779fc3d1a91");
    }

    @Test
    void moreRowsThanTheMaximumAreRefused() {
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> load(new DatasetSpec("synthetic", null, 200_001, null, null, null)))
                .withMessageContaining("trainLimit 200,001");
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> load(new DatasetSpec("synthetic", null, null, 1, null, null)))
                .withMessageContaining("testLimit 1");
    }

    @Test
    void anExceptionFromTheProgressCallStopsTheWork() {
        DatasetSpec spec = new DatasetSpec("synthetic", null, 5000, null, null, null);
        assertThatIllegalStateException().isThrownBy(() -> new DatasetCatalog(
                        Path.of("datasets"),
                        DatasetAddresses.official(),
                        RowCache.unlimited(Path.of("target", "cache")))
                .load(spec, ImageTransform.square(32), () -> {
                    throw new IllegalStateException("cancelled");
                }));
    }

    private static BinaryDataset load(DatasetSpec spec) {
        return new DatasetCatalog(
                        Path.of("datasets"),
                        DatasetAddresses.official(),
                        RowCache.unlimited(Path.of("target", "cache")))
                .load(spec, ImageTransform.square(32), () -> {});
    }
}

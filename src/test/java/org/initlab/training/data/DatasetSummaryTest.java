package org.initlab.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class DatasetSummaryTest {
    @Test
    void whatWasStoredBeforeThereWereNotesHasNone() {
        DatasetSummary stored = JsonMapper.shared()
                .readValue(
                        """
                         {"positiveClass": {"index": 0, "name": "a"}, "trainRows": 2, "testRows": 1,
                          "trainPositiveRate": 0.5, "testPositiveRate": 0, "trainCounts": [], "testCounts": [],
                          "fingerprint": "sha256:00"}\
                         """,
                        DatasetSummary.class);
        assertThat(stored.folders()).isNull();
        assertThat(stored.ignoredFiles()).isZero();
        assertThat(stored.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sha256:00, sha256:00, true",
        "sha256:00, sha256:01, false",
        "sha256:00, , true",
        "sha256:00, sha256:v2:01, true",
        "sha256:v2:00, sha256:v2:01, false"
    })
    void fingerprintsOfOneKindMustBeEqual(String one, String other, boolean agree) {
        DatasetSummary summary = new DatasetSummary(
                new PositiveClass(0, "a"), 2, 1, 0.5, 0, List.of(), List.of(), null, null, 0, null, List.of());
        assertThat(summary.withFingerprint(one).agreesWith(summary.withFingerprint(other)))
                .isEqualTo(agree);
        assertThat(summary.withFingerprint(other).agreesWith(summary.withFingerprint(one)))
                .isEqualTo(agree);
    }
}

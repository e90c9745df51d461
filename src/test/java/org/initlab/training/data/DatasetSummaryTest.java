package org.initlab.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
}

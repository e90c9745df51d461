package org.initlab.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RetentionPlanTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final List<Finished> NEWEST_FIRST = List.of(
            finished("hour", 1, 1, true),
            finished("study", 5, 4, true),
            finished("day", 24, 1, false),
            finished("week", 24 * 7, 1, true));

    @Test
    void nothingGoesByDefault() {
        assertThat(removals(null, null, null)).isEmpty();
    }

    @Test
    void whatIsOlderThanTheAgeGoes() {
        assertThat(removals(Duration.ofHours(5), null, null)).containsExactly("day AGE", "week AGE");
        assertThat(removals(Duration.ZERO, null, null)).hasSize(4);
    }

    @Test
    void aStudyStaysUntilNewerExperimentsFillTheRoom() {
        assertThat(removals(null, 1, null)).containsExactly("study EXPERIMENTS", "day EXPERIMENTS", "week EXPERIMENTS");
        assertThat(removals(null, 2, null)).containsExactly("day EXPERIMENTS", "week EXPERIMENTS");
        assertThat(removals(null, 5, null)).containsExactly("day EXPERIMENTS", "week EXPERIMENTS");
        assertThat(removals(null, 6, null)).containsExactly("week EXPERIMENTS");
        assertThat(removals(null, 7, null)).isEmpty();
    }

    @Test
    void checkpointsGoOnceAndOnlyOfWhatStays() {
        assertThat(removals(Duration.ofDays(2), null, Duration.ofHours(2)))
                .containsExactly("study CHECKPOINT_AGE", "week AGE");
    }

    private static List<String> removals(Duration age, Integer experiments, Duration checkpointAge) {
        return new RetentionPlan(age, experiments, checkpointAge)
                .removals(NEWEST_FIRST, NOW).stream()
                        .map(removal -> removal.what().name() + " " + removal.reason())
                        .toList();
    }

    private static Finished finished(String name, int hoursAgo, int experiments, boolean hasCheckpoints) {
        return new Finished(
                experiments == 1 ? Removable.EXPERIMENT : Removable.STUDY,
                UUID.randomUUID(),
                name,
                1,
                NOW.minus(Duration.ofHours(hoursAgo)),
                experiments,
                hasCheckpoints);
    }
}

package org.initlab.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class PresenceTest {
    private final Worker worker =
            new Worker(UUID.randomUUID(), "the present", "here", "cpu", 1, 5, Duration.ofMinutes(2));

    @Autowired
    WorkerTable table;

    @Autowired
    WorkerProperties properties;

    @Autowired
    Workers workers;

    @Autowired
    Clock clock;

    @Test
    void aWorkerThatHasLeftDoesNotComeBackWithTheRunThatItHandsBack() {
        Presence presence = new Presence(table, worker, properties, clock);
        presence.trains(UUID.randomUUID());
        assertThat(isListed()).isTrue();

        presence.leave();
        presence.trains(null);

        assertThat(isListed()).isFalse();
    }

    @Test
    void aWorkerWhoseClockIsWrongIsLiveAndSaysSoOnce(CapturedOutput log) {
        Presence presence = new Presence(table, worker, properties, Clock.offset(clock, Duration.ofHours(-2)));

        presence.beat();
        presence.beat();

        assertThat(workers.all())
                .filteredOn(view -> view.name().equals(worker.name()))
                .singleElement()
                .satisfies(view -> assertThat(view.state()).isEqualTo(WorkerView.State.LIVE));
        assertThat(log.getAll()).containsOnlyOnce("This host's clock is 7").contains("s behind the database's");
        presence.leave();
    }

    private boolean isListed() {
        return workers.all().stream().anyMatch(view -> view.name().equals(worker.name()));
    }
}

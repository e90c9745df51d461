package org.initlab.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

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

    @Autowired
    JdbcClient jdbc;

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

    @Test
    void onlyAWorkerThatIsSilentByTheDatabasesClockIsDeclaredDead() {
        UUID run = UUID.randomUUID();
        Worker other = new Worker(UUID.randomUUID(), "the other", "there", "cpu", 1, 5, Duration.ofMinutes(2));
        AtomicReference<Instant> now = new AtomicReference<>(clock.instant());
        Presence presence = new Presence(table, worker, properties, new SettableClock(now));
        presence.beat();
        assertThat(presence.mayDeclareDead(run)).isFalse();

        now.updateAndGet(time -> time.plus(properties.lease()));
        presence.beat();
        assertThat(presence.mayDeclareDead(run)).isTrue();

        table.beat(other, run, Instant.EPOCH);
        assertThat(presence.mayDeclareDead(run)).isFalse();
        jdbc.sql("update worker set heartbeat_at = now() - interval '1 hour' where id = ?")
                .param(other.id())
                .update();
        assertThat(presence.mayDeclareDead(run)).isTrue();
        table.remove(other.id());
        presence.leave();
    }

    private static final class SettableClock extends Clock {
        private final AtomicReference<Instant> now;

        private SettableClock(AtomicReference<Instant> now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private boolean isListed() {
        return workers.all().stream().anyMatch(view -> view.name().equals(worker.name()));
    }
}

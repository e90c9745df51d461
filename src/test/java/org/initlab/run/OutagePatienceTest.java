package org.initlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class OutagePatienceTest {
    private final RuntimeException away =
            new DataAccessResourceFailureException("away", new SQLTransientConnectionException());

    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void aWriteIsRepeatedUntilTheDatabaseIsBack() {
        new OutagePatience(Duration.ZERO, () -> false).persist(() -> failUntil(5, away));

        assertThat(tries).hasValue(5);
    }

    @Test
    void anotherFailureIsNotRepeated() {
        RuntimeException wrong = new IllegalArgumentException("wrong");

        assertThatThrownBy(() -> new OutagePatience(Duration.ZERO, () -> false).persist(() -> failUntil(5, wrong)))
                .isSameAs(wrong);
        assertThat(tries).hasValue(1);
    }

    @Test
    void aProcessThatStopsDoesNotWait() {
        OutagePatience patience = new OutagePatience(Duration.ZERO, () -> tries.get() == 2);

        assertThatThrownBy(() -> patience.persist(() -> failUntil(5, away))).isSameAs(away);
        assertThat(tries).hasValue(2);
    }

    private void failUntil(int success, RuntimeException failure) {
        if (tries.incrementAndGet() < success) {
            throw failure;
        }
    }
}

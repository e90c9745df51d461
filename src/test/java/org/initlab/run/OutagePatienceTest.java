package org.initlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.initlab.platform.DatabaseOutage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.UncategorizedSQLException;

class OutagePatienceTest {
    private final RuntimeException away =
            new DataAccessResourceFailureException("away", new SQLTransientConnectionException());

    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void aWriteIsRepeatedUntilTheDatabaseIsBack() {
        new OutagePatience(Duration.ZERO, () -> false).persist(() -> failUntil(5, away));

        assertThat(tries).hasValue(5);
    }

    /** Read-only, a statement's timeout, a lock's, a deadlock, and a broken disk. */
    @ParameterizedTest
    @ValueSource(strings = {"25006", "57014", "55P03", "40P01", "58030"})
    void whatPassesByItselfDoesNotCostTheRun(String sqlState) {
        RuntimeException passing = new UncategorizedSQLException("", null, new SQLException("", sqlState));

        new OutagePatience(Duration.ZERO, () -> false).persist(() -> failUntil(3, passing));

        assertThat(tries).hasValue(3);
    }

    @Test
    void aThreadThatIsInterruptedWhileItWaitsForAConnectionMeetsAnOutage() {
        SQLException ofThePool =
                new SQLException("Interrupted during connection acquisition", new InterruptedException());

        assertThat(DatabaseOutage.isCauseOf(new IllegalStateException(ofThePool)))
                .isTrue();
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

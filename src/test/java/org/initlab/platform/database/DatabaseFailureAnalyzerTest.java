package org.initlab.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class DatabaseFailureAnalyzerTest {
    /** Refused, no such role, too many connections, still starting, and read-only. */
    @ParameterizedTest
    @CsvSource({"08001, host", "28000, role", "53300, max_connections", "57P03, is up", "25006, takes changes"})
    void aStartWithoutADatabaseEndsInWords(String sqlState, String advice) {
        FailureAnalysis analysis = analyze(sqlState);

        assertThat(analysis.getDescription()).endsWith("cannot be used: FATAL: it is so");
        assertThat(analysis.getAction()).contains(advice);
    }

    @Test
    void aWrongStatementIsShownWithItsTrace() {
        assertThat(analyze("42601")).isNull();
    }

    private static FailureAnalysis analyze(String sqlState) {
        return new DatabaseFailureAnalyzer()
                .analyze(new IllegalStateException(new SQLException("FATAL: it is so", sqlState)));
    }
}

package org.initlab.platform.database;

import java.sql.SQLException;
import java.util.List;
import org.initlab.platform.DatabaseOutage;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in a line that a start ended because PostgreSQL does not answer, turns the service away, or cannot serve now. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {
    /** Connection exceptions, invalid authorisation, no such database, no right to connect. */
    private static final List<String> STATES = List.of("08", "28", "3D", "42501");

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        String state = cause.getSQLState();
        if (state != null && STATES.stream().anyMatch(state::startsWith)) {
            return analysis(
                    cause,
                    "Check that it runs and can be reached from here, and that spring.datasource.url names its host, port and"
                            + " database, .username and .password a role that may create tables there. Without"
                            + " spring.datasource.url the service runs a PostgreSQL of its own below initlab.home.");
        }
        return DatabaseOutage.isCauseOf(cause)
                ? analysis(
                        cause,
                        "Start the service again once PostgreSQL is up, takes changes and has connections left: a process opens"
                                + " up to ten, and max_connections is 100 by default.")
                : null;
    }

    private static FailureAnalysis analysis(SQLException cause, String action) {
        return new FailureAnalysis(
                "PostgreSQL, by spring.datasource, cannot be used: " + cause.getMessage(), action, cause);
    }
}

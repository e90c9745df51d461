package org.initlab.platform;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;

/** Tells a database that cannot serve at the moment, which passes, from a statement that is wrong, which does not. */
public final class DatabaseOutage {
    /**
     * Connection exceptions (08), rollbacks in favour of others such as deadlocks (40), insufficient resources (53), operator
     * intervention such as a shutdown or a statement's timeout (57), system errors (58), a database that was made read-only
     * (25006), transactions that took too long because this process was frozen (25P03, 25P04), and locks that were not
     * available in time (55P03).
     */
    private static final List<String> PASSING =
            List.of("08", "40", "53", "57", "58", "25006", "25P03", "25P04", "55P03");

    private DatabaseOutage() {}

    /** Whether trying again may help, judging by the SQL states of the causes. */
    public static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || (cause instanceof SQLException sql
                            && (isPassing(sql.getSQLState()) || isBrokenConnection(sql)))) {
                return true;
            }
        }
        return false;
    }

    /**
     * What the pool says about a connection that broke during a transaction, which then cannot even be rolled back; and to a
     * thread that is interrupted while it waits for one.
     */
    private static boolean isBrokenConnection(SQLException failure) {
        return failure.getSQLState() == null
                && ("Connection is closed".equals(failure.getMessage())
                        || failure.getCause() instanceof InterruptedException);
    }

    private static boolean isPassing(String sqlState) {
        return sqlState != null && PASSING.stream().anyMatch(sqlState::startsWith);
    }
}

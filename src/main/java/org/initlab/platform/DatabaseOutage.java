package org.initlab.platform;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Tells a database that is away, which comes back, from a statement that is wrong, which stays so. */
public final class DatabaseOutage {
    private DatabaseOutage() {}

    /** Whether the database was away or turned connections down, by the SQL states of the causes. */
    public static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || (cause instanceof SQLException sql
                            && (isOutage(sql.getSQLState()) || isBrokenConnection(sql)))) {
                return true;
            }
        }
        return false;
    }

    /** What the pool says of a connection that broke under a transaction, which then cannot even be rolled back. */
    private static boolean isBrokenConnection(SQLException failure) {
        return failure.getSQLState() == null && "Connection is closed".equals(failure.getMessage());
    }

    /** Connection exceptions (08), insufficient resources (53), operator intervention such as a shutdown (57P), a transaction
     * that was idle for too long as this process was frozen (25P03). */
    private static boolean isOutage(String sqlState) {
        return sqlState != null
                && (sqlState.startsWith("08")
                        || sqlState.startsWith("53")
                        || sqlState.startsWith("57P")
                        || sqlState.equals("25P03"));
    }
}

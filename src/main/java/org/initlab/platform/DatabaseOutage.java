package org.initlab.platform;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Tells a database that is unavailable, which passes, from a statement that is wrong, which does not. */
public final class DatabaseOutage {
    private DatabaseOutage() {}

    /** Whether the database was unavailable or refused connections, judging by the SQL states of the causes. */
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

    /** What the pool says about a connection that broke during a transaction, which then cannot even be rolled back. */
    private static boolean isBrokenConnection(SQLException failure) {
        return failure.getSQLState() == null && "Connection is closed".equals(failure.getMessage());
    }

    /**
     * Connection exceptions (08), insufficient resources (53), operator intervention such as a shutdown (57P), and a
     * transaction left idle for too long because this process was frozen (25P03).
     */
    private static boolean isOutage(String sqlState) {
        return sqlState != null
                && (sqlState.startsWith("08")
                        || sqlState.startsWith("53")
                        || sqlState.startsWith("57P")
                        || sqlState.equals("25P03"));
    }
}

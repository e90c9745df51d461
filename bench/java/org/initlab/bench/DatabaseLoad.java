package org.initlab.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.initlab.platform.database.StoppablePostgres;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What a database has to do in a while, and what its connections wait for; looks through a connection of its own. */
final class DatabaseLoad implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int WAITS_TOLD = 6;
    private static final int STATEMENTS_TOLD = 8;

    /** What the server itself counts, apart from what this class asks for. */
    private static final String COUNTS =
            """
            select (select xact_commit + xact_rollback from pg_stat_database where datname = current_database()) as transactions,
                (select coalesce(sum(calls), 0) from pg_stat_statements where query not like '%/* bench */%') as statements""";

    private static final String WAITS =
            """
            /* bench */ select case when state = 'idle in transaction' then 'the client, within a transaction'
                when wait_event is null then 'a processor, or nothing' else wait_event_type || ' ' || wait_event end as what, count(*) as backends
            from pg_stat_activity where backend_type = 'client backend' and state <> 'idle' and pid <> pg_backend_pid() group by 1""";

    private final SingleConnectionDataSource connection;
    private final JdbcClient jdbc;

    private DatabaseLoad(Connection opened) {
        connection = new SingleConnectionDataSource(opened, true);
        jdbc = JdbcClient.create(connection);
        jdbc.sql("create extension if not exists pg_stat_statements").update();
    }

    /** Has a new server count statements and allow so many connections. */
    static void prepare(StoppablePostgres database, int connections) {
        database.jdbc().sql("alter system set max_connections = " + connections).update();
        database.jdbc()
                .sql("alter system set shared_preload_libraries = 'pg_stat_statements'")
                .update();
        database.stop();
        database.start();
    }

    static DatabaseLoad of(StoppablePostgres database) throws SQLException {
        return new DatabaseLoad(database.connect());
    }

    /**
     * What happened in a while.
     *
     * @param cores that the server used on average
     * @param connections at its end
     * @param waits by what connections waited for, and how many did so on average; the most first
     */
    record Seen(
            double seconds,
            double transactionsPerSecond,
            double statementsPerSecond,
            double cores,
            double connections,
            Map<String, Double> waits) {}

    /** Looks at it for a while. */
    Seen watch(Duration time) {
        jdbc.sql("/* bench */ select pg_stat_statements_reset()").query(rs -> {});
        Map<String, Double> waits = new HashMap<>();
        Map<String, Object> before = jdbc.sql(COUNTS).query().singleRow();
        Duration cpu = cpu();
        long begun = System.nanoTime();
        int looks = 0;
        while (System.nanoTime() - begun < time.toNanos()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            looks++;
            jdbc.sql(WAITS).query(rs -> {
                waits.merge(rs.getString("what"), rs.getDouble("backends"), Double::sum);
            });
        }
        double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
        Map<String, Object> after = jdbc.sql(COUNTS).query().singleRow();
        double all = looks;
        waits.replaceAll((what, sum) -> sum / all);
        return new Seen(
                seconds,
                perSecond("transactions", before, after, seconds),
                perSecond("statements", before, after, seconds),
                cpu().minus(cpu).toNanos() / (double) TimeUnit.SECONDS.toNanos(1) / seconds,
                jdbc.sql("/* bench */ select count(*) from pg_stat_activity where backend_type = 'client backend'")
                        .query(Double.class)
                        .single(),
                waits);
    }

    /** The processor time of the server's processes so far; connections that have ended are missing. */
    private Duration cpu() {
        return jdbc
                .sql("/* bench */ select pid from pg_stat_activity where pid <> pg_backend_pid()")
                .query(Long.class)
                .stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static double perSecond(
            String count, Map<String, Object> before, Map<String, Object> after, double seconds) {
        return (((Number) after.get(count)).doubleValue() - ((Number) before.get(count)).doubleValue()) / seconds;
    }

    /** What took most of the server's time in the last while, as lines to read. */
    List<String> costliest() {
        return jdbc.sql(
                        """
                        select format('%s s, %s × %s ms: %s', round((total_exec_time / 1000)::numeric, 1), calls,
                            round(mean_exec_time::numeric, 2), left(regexp_replace(query, '\\s+', ' ', 'g'), 160))
                        from pg_stat_statements where query not like '%/* bench */%'
                        order by total_exec_time desc limit ?""")
                .param(STATEMENTS_TOLD)
                .query(String.class)
                .list();
    }

    static List<Map.Entry<String, Double>> most(Map<String, Double> waits) {
        return waits.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(WAITS_TOLD)
                .toList();
    }

    @Override
    public void close() {
        connection.destroy();
    }
}

package org.initlab.platform.database;

import java.util.HashMap;
import java.util.Map;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.DatabaseOutage;
import org.initlab.platform.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The number of rows of a table in each state. Triggers record every change, so that nobody has to count the rows, and no
 * writer waits for another as it would with one counter per state.
 */
@Component
@ConditionalOnRole(Role.API)
public class StateCounts {
    private static final Logger log = LoggerFactory.getLogger(StateCounts.class);

    /** Two processes may fold at the same time: each inserts the sum of what it has deleted. */
    private static final String FOLD =
            """
            with folded as (
                delete from state_count where (select count(*) from state_count) > 500 returning kind, state, change
            )
            insert into state_count (kind, state, change)
            select kind, state, sum(change) from folded group by kind, state""";

    private final JdbcClient jdbc;

    StateCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The number of rows by state; states without rows may be missing.
     *
     * @param table {@code experiment} or {@code run}
     */
    public Map<String, Long> of(String table) {
        Map<String, Long> counts = new HashMap<>();
        jdbc.sql("select state, sum(change)::bigint as rows from state_count where kind = ? group by state")
                .param(table)
                .query(rs -> {
                    counts.put(rs.getString("state"), rs.getLong("rows"));
                });
        return counts;
    }

    /** Keeps the number of changes to add up low. */
    @Scheduled(fixedDelayString = "PT5S")
    void fold() {
        try {
            jdbc.sql(FOLD).update();
        } catch (RuntimeException e) {
            if (!DatabaseOutage.isCauseOf(e)) {
                throw e;
            }
            log.debug("The database is unavailable", e);
        }
    }
}

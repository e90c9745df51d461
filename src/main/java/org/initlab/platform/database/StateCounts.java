package org.initlab.platform.database;

import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.DatabaseOutage;
import org.initlab.platform.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps the table of how many experiments and runs are in each state short. Triggers add a row to it with every change, so that
 * nobody has to count, and no writer waits for another as it would with one counter per state.
 */
@Component
@ConditionalOnRole(Role.API)
class StateCounts {
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

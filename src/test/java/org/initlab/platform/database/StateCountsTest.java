package org.initlab.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class StateCountsTest {
    @Autowired
    StateCounts counts;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void clean() {
        jdbc.sql("delete from state_count where state like 'TESTED %'").update();
    }

    @Test
    void foldingKeepsTheCountsAndShortensTheTable() {
        change("TESTED A", 400, 1);
        change("TESTED A", 100, -1);
        change("TESTED B", 200, 1);
        Map<String, Long> before = states();
        assertThat(before).containsEntry("TESTED A", 300L).containsEntry("TESTED B", 200L);

        counts.fold();

        assertThat(states()).isEqualTo(before);
        // the service folds now and then, too: perhaps just before the last changes, of which few then stay as they are
        assertThat(rows()).isLessThanOrEqualTo(500);
    }

    private void change(String state, int times, int by) {
        jdbc.sql("insert into state_count (kind, state, change) select 'run', ?, ? from generate_series(1, ?)")
                .params(state, by, times)
                .update();
    }

    private Map<String, Long> states() {
        return jdbc
                .sql("select state, sum(change)::bigint as rows from state_count where kind = 'run' group by state")
                .query((rs, number) -> Map.entry(rs.getString("state"), rs.getLong("rows")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private long rows() {
        return jdbc.sql("select count(*) from state_count").query(Long.class).single();
    }
}

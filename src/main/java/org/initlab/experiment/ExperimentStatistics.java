package org.initlab.experiment;

import static java.util.stream.Collectors.toMap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.initlab.platform.ConditionalOnRole;
import org.initlab.platform.Role;
import org.initlab.platform.database.StateCounts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts and lists experiments for monitoring. */
@Component
@ConditionalOnRole(Role.API)
public class ExperimentStatistics {
    private final StateCounts counts;
    private final JdbcClient jdbc;

    ExperimentStatistics(StateCounts counts, JdbcClient jdbc) {
        this.counts = counts;
        this.jdbc = jdbc;
    }

    /** An experiment and its name. */
    public record Named(UUID id, String name) {}

    /** The number of experiments in each state; states without any may be left out. */
    public Map<ExperimentState, Long> byState() {
        return counts.of("experiment").entrySet().stream()
                .collect(toMap(count -> ExperimentState.valueOf(count.getKey()), Map.Entry::getValue));
    }

    /** The newest running experiments, newest first. */
    public List<Named> newestRunning(int most) {
        return jdbc.sql(
                        "select id, name from experiment where state = 'RUNNING' order by created_at desc, id desc limit ?")
                .param(most)
                .query(Named.class)
                .list();
    }

    /** The priorities other than 0 of experiments that may have runs in the queue. */
    public Map<UUID, Integer> unusualPriorities() {
        Map<UUID, Integer> priorities = new HashMap<>();
        jdbc.sql("select id, priority from experiment where state in ('QUEUED', 'RUNNING') and priority <> 0")
                .query(rs -> {
                    priorities.put(rs.getObject("id", UUID.class), rs.getInt("priority"));
                });
        return priorities;
    }
}

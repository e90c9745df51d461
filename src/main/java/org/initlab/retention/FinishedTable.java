package org.initlab.retention;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what is finished and not kept. */
@Component
class FinishedTable {
    private final JdbcClient jdbc;

    FinishedTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All of it, what finished last first. */
    List<Finished> newestFirst() {
        return jdbc.sql(
                        """
                        select coalesce(e.study_id, e.id) as id, max(coalesce(s.name, e.name)) as name,
                            bool_or(e.study_id is not null) as is_study, sum(e.revision)::bigint as revision,
                            max(e.finished_at) as finished_at, count(*)::integer as experiments,
                            bool_or(e.checkpoints_removed_at is null) as has_checkpoints
                        from experiment e left join study s on s.id = e.study_id
                        group by coalesce(e.study_id, e.id)
                        having bool_and(e.state in ('SUCCEEDED', 'FAILED', 'CANCELLED') and not e.keep)
                        order by max(e.finished_at) desc, id desc""")
                .query((rs, row) -> new Finished(
                        rs.getBoolean("is_study") ? Removable.STUDY : Removable.EXPERIMENT,
                        rs.getObject("id", UUID.class),
                        rs.getString("name"),
                        rs.getLong("revision"),
                        rs.getTimestamp("finished_at").toInstant(),
                        rs.getInt("experiments"),
                        rs.getBoolean("has_checkpoints")))
                .list();
    }
}

package org.initlab.experiment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.initlab.run.RunQueries;
import org.initlab.run.RunTally;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the experiments of studies, without their specs: a study has hundreds. What is read together is of one moment, so that a
 * revision stands for one answer.
 */
@Service
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class StudyPoints {
    private final Experiments experiments;
    private final JdbcClient jdbc;
    private final RunQueries runs;
    private final Revisions revisions;
    private final JsonMapper json;

    StudyPoints(Experiments experiments, JdbcClient jdbc, RunQueries runs, Revisions revisions, JsonMapper json) {
        this.experiments = experiments;
        this.jdbc = jdbc;
        this.runs = runs;
        this.revisions = revisions;
        this.json = json;
    }

    private record Row(
            UUID id,
            UUID studyId,
            int position,
            String name,
            ExperimentState state,
            long revision,
            boolean keep,
            Instant startedAt,
            Instant finishedAt,
            Double testPositiveRate,
            String stopping) {

        static Row read(ResultSet rs, int number) throws SQLException {
            return new Row(
                    rs.getObject("id", UUID.class),
                    rs.getObject("study_id", UUID.class),
                    rs.getInt("study_position"),
                    rs.getString("name"),
                    ExperimentState.valueOf(rs.getString("state")),
                    rs.getLong("revision"),
                    rs.getBoolean("keep"),
                    instant(rs.getTimestamp("started_at")),
                    instant(rs.getTimestamp("finished_at")),
                    rs.getObject("test_rate", Double.class),
                    rs.getString("stopping"));
        }

        private static Instant instant(Timestamp time) {
            return time == null ? null : time.toInstant();
        }

        StudyPoint with(List<RunTally> tallies, JsonMapper json) {
            return new StudyPoint(
                    id,
                    studyId,
                    position,
                    name,
                    state,
                    revision,
                    keep,
                    startedAt,
                    finishedAt,
                    testPositiveRate,
                    stopping == null ? null : json.readValue(stopping, StoppingSpec.class),
                    ViewAssembler.counts(tallies),
                    ViewAssembler.progress(state, tallies),
                    state.isFinal() ? null : ViewAssembler.epochSeconds(tallies));
        }
    }

    /** The points of each study, by position. */
    public Map<UUID, List<StudyPoint>> of(Collection<UUID> studies) {
        List<Row> rows = jdbc.sql(
                        """
                        select id, study_id, study_position, name, state, revision, keep, started_at, finished_at,
                            (task ->> 'testPositiveRate')::double precision as test_rate, spec ->> 'stopping' as stopping
                        from experiment where study_id = any (?) order by study_id, study_position""")
                .param(studies.toArray(UUID[]::new))
                .query(Row::read)
                .list();
        List<UUID> ids = rows.stream().map(Row::id).toList();
        Map<UUID, List<RunTally>> tallies = revisions.showing(ids, () -> runs.tally(ids)).stream()
                .collect(Collectors.groupingBy(RunTally::experimentId));
        return rows.stream()
                .map(row -> row.with(tallies.getOrDefault(row.id(), List.of()), json))
                .collect(Collectors.groupingBy(StudyPoint::studyId));
    }

    /** The states of a study's points, in no order; part of the caller's transaction, with what it has changed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<ExperimentState> states(UUID study) {
        return experiments.pointStates(study);
    }

    /** Grows with every change of a point or of one of its runs: what is derived from them is the same as long as this is. */
    public long revision(UUID study) {
        return jdbc.sql("select coalesce(sum(revision), 0)::bigint from experiment where study_id = ?")
                .param(study)
                .query(Long.class)
                .single();
    }
}

package org.initlab.events;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.initlab.experiment.ExperimentQueries;
import org.initlab.experiment.ExperimentView;
import org.initlab.experiment.Revisions;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.platform.problem.NotFoundException;
import org.initlab.run.EpochRow;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Reads what happened to experiments. */
@Service
@Transactional(readOnly = true)
public class EventQueries {
    private static final int PIECE = 200;

    private final JdbcClient jdbc;
    private final ExperimentQueries experiments;
    private final Revisions revisions;
    private final JsonMapper json;

    EventQueries(JdbcClient jdbc, ExperimentQueries experiments, Revisions revisions, JsonMapper json) {
        this.jdbc = jdbc;
        this.experiments = experiments;
        this.revisions = revisions;
        this.json = json;
    }

    /**
     * A portion of an experiment's events.
     *
     * @param events in order, at most 200; empty if there are none yet
     * @param ended whether no more will come, as the experiment is finished or gone, unless a user asks for more
     */
    public record Piece(List<Event> events, boolean ended) {}

    /**
     * The current experiment, as its newest event.
     *
     * @throws NotFoundException if there is no such experiment
     */
    public Event current(UUID experimentId) {
        ExperimentView experiment = experiments.get(experimentId);
        return new Event(experiment.revision(), Event.EXPERIMENT, json.writeValueAsString(experiment));
    }

    /**
     * Checks an id that a client claims to have seen.
     *
     * @throws NotFoundException if there is no such experiment
     * @throws InvalidRequestException if the experiment has no such event yet
     */
    public void requireKnown(UUID experimentId, long eventId) {
        long newest = revisions.current(experimentId);
        if (eventId < 0 || eventId > newest) {
            throw new InvalidRequestException("the experiment has no event " + eventId + "; its newest is " + newest
                    + ". Leave Last-Event-ID out to begin with the experiment as it stands");
        }
    }

    /** What happened after an event. */
    public Piece after(UUID experimentId, long eventId) {
        // read before the events, as a finished experiment writes none
        boolean over = experiments.isOver(experimentId);
        List<Event> events = revisions.showing(experimentId, () -> jdbc.sql(
                        """
                        select v.id as event_id, v.type, v.data, r.arm, r.trial, e.*
                        from event v left join epoch e on e.run_id = v.run_id and e.epoch = v.epoch
                            left join run r on r.id = v.run_id
                        where v.experiment_id = ? and v.id > ? order by v.id limit ?""")
                .params(experimentId, eventId, PIECE)
                .query((rs, row) -> read(rs))
                .list());
        return new Piece(events, over && events.isEmpty());
    }

    private Event read(ResultSet rs) throws SQLException {
        String type = rs.getString("type");
        String data = type.equals(Event.EPOCH) ? json.writeValueAsString(epoch(rs)) : rs.getString("data");
        return new Event(rs.getLong("event_id"), type, data);
    }

    private static EpochOfRun epoch(ResultSet rs) throws SQLException {
        return new EpochOfRun(
                rs.getObject("run_id", UUID.class), rs.getString("arm"), rs.getInt("trial"), EpochRow.read(rs));
    }

    record EpochOfRun(UUID runId, String arm, int trial, @JsonUnwrapped EpochRow row) {}
}

package org.initlab.events;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.initlab.experiment.ExperimentEvent;
import org.initlab.experiment.ExperimentEvent.Changed;
import org.initlab.experiment.ExperimentEvent.EpochCommitted;
import org.initlab.experiment.ExperimentEvent.RunsChanged;
import org.initlab.experiment.ExperimentQueries;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores what happens to experiments, in the transaction in which it happens. An experiment's events are committed in the
 * order of their ids, so whoever has read up to one has missed none before it.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class EventLog {
    private final JdbcClient jdbc;
    private final ExperimentQueries experiments;
    private final JsonMapper json;

    EventLog(JdbcClient jdbc, ExperimentQueries experiments, JsonMapper json) {
        this.jdbc = jdbc;
        this.experiments = experiments;
        this.json = json;
    }

    @EventListener
    void on(ExperimentEvent event) {
        if (event instanceof EpochCommitted committed) {
            // the row never changes, so it need not be copied
            jdbc.sql("insert into event (experiment_id, id, type, run_id, epoch) values (?, ?, ?, ?, ?)")
                    .params(
                            committed.experimentId(),
                            committed.revision(),
                            Event.EPOCH,
                            committed.runId(),
                            committed.epoch())
                    .update();
        } else if (event instanceof RunsChanged changed) {
            List<String> types =
                    new ArrayList<>(Collections.nCopies(changed.runs().size(), Event.RUN));
            types.add(Event.EXPERIMENT);
            List<Object> data = new ArrayList<>(changed.runs());
            data.add(experiments.get(changed));
            insert(event, types, data);
        } else if (event instanceof Changed) {
            insert(event, List.of(Event.EXPERIMENT), List.of(experiments.get(event.experimentId())));
        }
    }

    /** One exchange with the database for all: a pause of a large study changes thousands of runs. */
    private void insert(ExperimentEvent event, List<String> types, List<?> data) {
        jdbc.sql(
                        """
                        insert into event (experiment_id, id, type, data)
                        select ?, ? + place, changed.type, changed.data::json
                        from unnest(?, ?) with ordinality as changed (type, data, place)""")
                .params(
                        event.experimentId(),
                        event.revision() - data.size(),
                        types.toArray(String[]::new),
                        data.stream().map(json::writeValueAsString).toArray(String[]::new))
                .update();
    }
}

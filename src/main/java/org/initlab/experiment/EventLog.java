package org.initlab.experiment;

import java.util.UUID;
import org.initlab.run.EpochRow;
import org.initlab.run.RunView;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what happens to an experiment within the transaction that makes it happen.
 *
 * <p>The callers hold the lock of the experiment's row, so events are committed in the order of their ids: who has read up
 * to one has missed none before it.
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

    void epochCommitted(Experiment experiment, UUID runId, EpochRow row) {
        jdbc.sql("insert into event (experiment_id, id, type, run_id, epoch) values (?, ?, ?, ?, ?)")
                .params(experiment.id(), experiment.nextRevision(), Event.EPOCH, runId, row.epoch())
                .update();
    }

    void runChanged(Experiment experiment, RunView run) {
        insert(experiment, Event.RUN, run);
    }

    void experimentChanged(Experiment experiment) {
        insert(experiment, Event.EXPERIMENT, experiments.get(experiment.id()));
    }

    private void insert(Experiment experiment, String type, Object data) {
        jdbc.sql("insert into event (experiment_id, id, type, data) values (?, ?, ?, ?::json)")
                .params(experiment.id(), experiment.nextRevision(), type, json.writeValueAsString(data))
                .update();
    }
}

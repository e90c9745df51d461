package org.initlab.run;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The sums over each experiment's runs, which triggers keep: none of this grows with the number of runs or epochs. */
@Component
class TallyTable {
    private final JdbcClient jdbc;

    TallyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The tallies of experiments, by state; a state that no run is in is left out. */
    List<RunTally> of(Collection<UUID> experimentIds) {
        UUID[] ids = experimentIds.toArray(UUID[]::new);
        return jdbc.sql(
                        """
                        select tally.*, (select required_device from run r where r.experiment_id = tally.experiment_id limit 1)
                        from (
                            select experiment_id, state, sum(runs) as runs, sum(epochs_done) as epochs_done,
                                sum(epochs_total) as epochs_total, max(rows_ready) as rows_ready, max(rows_needed) as rows_needed,
                                min(waiting_for) as waiting_for,
                                sum(sum(seconds)) over experiment / nullif(sum(sum(timed_epochs)) over experiment, 0) as epoch_seconds
                            from (
                                select experiment_id, state, runs, epochs_done, epochs_total, timed_epochs, seconds,
                                    null::integer as rows_ready, null::integer as rows_needed, null as waiting_for
                                from run_tally where experiment_id = any (?)
                                union all select experiment_id, state, 0, 0, 0, 0, 0, rows_ready, rows_needed, waiting_for
                                from run where experiment_id = any (?) and (rows_ready is not null or waiting_for is not null)
                            ) as part
                            group by experiment_id, state window experiment as (partition by experiment_id)
                        ) as tally
                        where runs > 0""")
                .params(ids, ids)
                .query(RunTally.class)
                .list();
    }

    /** Makes one row a state of each experiment's changes; the caller holds the experiments' rows, so that no two do it. */
    void fold(Collection<UUID> experimentIds) {
        jdbc.sql(
                        """
                        with folded as (delete from run_tally where experiment_id = any (?) returning *)
                        insert into run_tally (experiment_id, state, runs, epochs_done, epochs_total, timed_epochs, seconds)
                        select experiment_id, state, sum(runs), sum(epochs_done), sum(epochs_total), sum(timed_epochs), sum(seconds)
                        from folded group by experiment_id, state
                        having sum(runs) <> 0 or sum(timed_epochs) <> 0""")
                .param(experimentIds.toArray(UUID[]::new))
                .update();
    }
}

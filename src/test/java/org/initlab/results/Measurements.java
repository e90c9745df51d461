package org.initlab.results;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts made-up measurements into the database, as if an experiment had been trained. */
public final class Measurements {
    private final JdbcClient jdbc;

    public Measurements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Finishes all runs of an experiment. The first arm starts at ln 2, the others near 0.325; all fall to 0.12, with noise.
     *
     * @param path the experiment's
     * @param stepsPerEpoch of which every tenth is kept
     */
    public void finish(String path, int stepsPerEpoch) {
        UUID id = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
        jdbc.sql(
                        """
                        insert into epoch (run_id, epoch, train_loss, loss, roc_auc, pr_auc, brier, objective,
                            mean_probability, ece, output_bias, train_seconds, eval_seconds, images_per_second, committed_at)
                        select r.id, e, case when e > 0 then 0.3 end,
                            0.12 + 0.2 * exp(-e / 6.0) + case r.arm_index when 0 then 0.36 * exp(-3.0 * e) else 0.005 * r.arm_index end
                                + 0.004 * sin(7.0 * r.trial + 3.0 * e + r.arm_index),
                            0.96 - 0.45 * exp(-e / 6.0) + 0.01 * sin(5.0 * r.trial + 3.0 * e + r.arm_index),
                            0.3, 0.1, 0.06 + 0.1 * exp(-e / 6.0) + 0.002 * sin(7.0 * r.trial + 3.0 * e + r.arm_index),
                            0.1 + 0.4 * exp(-e - r.arm_index), 0.4 * exp(-e - r.arm_index), -2.2 + 0.01 * e, case when e > 0 then 2.5 end, 0.5, case when e > 0 then 400 end, now()
                        from run r cross join generate_series(0, r.epochs_total) as e where r.experiment_id = ?""")
                .param(id)
                .update();
        jdbc.sql(
                        """
                        insert into step_loss (run_id, epoch, steps, losses)
                        select r.id, e, array_agg(s order by s), array_agg(0.12 + 0.2 * exp(-s / (6.0 * ?))
                            + case r.arm_index when 0 then 0.36 * exp(-3.0 * s / ?) else 0 end + 0.02 * sin(s + r.trial) order by s)
                        from run r cross join generate_series(1, r.epochs_total) as e
                            cross join lateral generate_series(10 * ((e - 1) * ? / 10), e * ? - 1, 10) as s
                        where r.experiment_id = ? group by r.id, e""")
                .params(stepsPerEpoch, stepsPerEpoch, stepsPerEpoch, stepsPerEpoch, id)
                .update();
        jdbc.sql(
                        "update run set state = 'SUCCEEDED', epochs_done = epochs_total, finished_at = now() where experiment_id = ?")
                .param(id)
                .update();
        jdbc.sql("update experiment set state = 'SUCCEEDED', revision = revision + 1, finished_at = now() where id = ?")
                .param(id)
                .update();
    }
}

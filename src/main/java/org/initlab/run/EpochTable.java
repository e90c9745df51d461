package org.initlab.run;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.initlab.training.StepLosses;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The measurements: written once and read in bulk, so plain SQL rather than entities. */
@Component
class EpochTable {
    private final JdbcClient jdbc;
    private final Clock clock;

    EpochTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Stores an epoch unless it is stored already; returns whether it was new. */
    boolean insert(UUID runId, EpochRow row) {
        return jdbc.sql(
                                """
                        insert into epoch (run_id, epoch, train_loss, loss, roc_auc, pr_auc, brier, objective,
                            mean_probability, ece, output_bias, train_seconds, eval_seconds, images_per_second,
                            distinct_scores, undecided_pairs, committed_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (run_id, epoch) do nothing""")
                        .params(
                                runId,
                                row.epoch(),
                                row.trainLoss(),
                                row.loss(),
                                row.rocAuc(),
                                row.prAuc(),
                                row.brier(),
                                row.objective(),
                                row.meanProbability(),
                                row.ece(),
                                row.outputBias(),
                                row.trainSeconds(),
                                row.evalSeconds(),
                                row.rowsPerSecond(),
                                row.distinctScores(),
                                row.undecidedPairs(),
                                OffsetDateTime.now(clock))
                        .update()
                == 1;
    }

    void insert(UUID runId, int epoch, StepLosses kept) {
        if (kept.steps().length > 0) {
            jdbc.sql("insert into step_loss (run_id, epoch, steps, losses) values (?, ?, ?, ?)")
                    .params(runId, epoch, kept.steps(), kept.losses())
                    .update();
        }
    }

    void removeAfter(UUID runId, int epoch) {
        jdbc.sql("delete from epoch where run_id = ? and epoch > ?")
                .params(runId, epoch)
                .update();
        jdbc.sql("delete from step_loss where run_id = ? and epoch > ?")
                .params(runId, epoch)
                .update();
    }

    Map<UUID, List<EpochRow>> ofExperiment(UUID experimentId) {
        Map<UUID, List<EpochRow>> rows = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        select e.* from epoch e join run r on r.id = e.run_id
                        where r.experiment_id = ? order by e.run_id, e.epoch""")
                .param(experimentId)
                .query(rs -> {
                    rows.computeIfAbsent(rs.getObject("run_id", UUID.class), id -> new ArrayList<>())
                            .add(EpochRow.read(rs));
                });
        return rows;
    }

    List<RunCurve> curves(Collection<UUID> experimentIds) {
        Map<UUID, RunCurve> curves = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        select r.id, r.experiment_id, r.arm, r.trial, r.state, e.epoch, e.loss, e.roc_auc, e.pr_auc, e.objective,
                            e.distinct_scores, e.undecided_pairs
                        from run r left join epoch e on e.run_id = r.id
                        where r.experiment_id = any (?) and r.state <> 'SKIPPED'
                        order by r.experiment_id, r.arm_index, r.trial, e.epoch""")
                .param(experimentIds.toArray(UUID[]::new))
                .query(rs -> {
                    UUID id = rs.getObject("id", UUID.class);
                    if (!curves.containsKey(id)) {
                        curves.put(
                                id,
                                new RunCurve(
                                        rs.getObject("experiment_id", UUID.class),
                                        rs.getString("arm"),
                                        rs.getInt("trial"),
                                        RunState.valueOf(rs.getString("state")),
                                        new ArrayList<>()));
                    }
                    if (rs.getObject("epoch") != null) {
                        curves.get(id)
                                .epochs()
                                .add(new RunCurve.Scores(
                                        rs.getObject("loss", Double.class),
                                        rs.getObject("roc_auc", Double.class),
                                        rs.getObject("pr_auc", Double.class),
                                        rs.getObject("objective", Double.class),
                                        rs.getObject("distinct_scores", Integer.class),
                                        rs.getObject("undecided_pairs", Double.class)));
                    }
                });
        return List.copyOf(curves.values());
    }

    List<EpochRow> ofRun(UUID runId) {
        return jdbc.sql("select * from epoch where run_id = ? order by epoch")
                .param(runId)
                .query((rs, number) -> EpochRow.read(rs))
                .list();
    }

    List<CommittedEpoch> committed(UUID runId, int first) {
        return jdbc.sql("select * from epoch where run_id = ? and epoch >= ? order by epoch")
                .params(runId, first)
                .query((rs, number) -> new CommittedEpoch(
                        EpochRow.read(rs),
                        rs.getObject("committed_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** By arm and trial: how each run stands, and its loss after an epoch. */
    List<RunEnd> ends(UUID experimentId, int epoch) {
        return jdbc.sql(
                        """
                        select r.arm_index, r.trial, r.state, e.loss
                        from run r left join epoch e on e.run_id = r.id and e.epoch = ?
                        where r.experiment_id = ? order by r.trial, r.arm_index""")
                .params(epoch, experimentId)
                .query((rs, number) -> new RunEnd(
                        rs.getInt("arm_index"),
                        rs.getInt("trial"),
                        RunState.valueOf(rs.getString("state")),
                        rs.getObject("loss", Double.class)))
                .list();
    }

    SortedMap<Integer, StepLosses> stepsOfRun(UUID runId, int first) {
        SortedMap<Integer, StepLosses> byEpoch = new TreeMap<>();
        jdbc.sql("select epoch, steps, losses from step_loss where run_id = ? and epoch >= ?")
                .params(runId, first)
                .query(rs -> {
                    long[] steps = unbox((Long[]) rs.getArray("steps").getArray());
                    double[] losses = unbox((Double[]) rs.getArray("losses").getArray());
                    byEpoch.put(rs.getInt("epoch"), new StepLosses(steps, losses));
                });
        return byEpoch;
    }

    StepLosses meanStepsOfEpoch(Collection<UUID> runIds, int epoch) {
        List<Long> steps = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        jdbc.sql(
                        """
                        select kept.step, avg(kept.loss) as loss
                        from step_loss s cross join lateral unnest(s.steps, s.losses) as kept (step, loss)
                        where s.run_id = any (?) and s.epoch = ? group by kept.step order by kept.step""")
                .params(runIds.toArray(UUID[]::new), epoch)
                .query(rs -> {
                    steps.add(rs.getLong("step"));
                    losses.add(rs.getDouble("loss"));
                });
        return new StepLosses(unbox(steps.toArray(Long[]::new)), unbox(losses.toArray(Double[]::new)));
    }

    List<StepStatistic> stepStatistics(UUID experimentId, int perEpoch) {
        return jdbc.sql(
                        """
                        select r.arm, s.steps[i] as step, count(*) as runs, avg(s.losses[i]) as mean, stddev_samp(s.losses[i]) as std
                        from step_loss s join run r on r.id = s.run_id
                            cross join lateral generate_series(1, cardinality(s.steps), greatest(1, cardinality(s.steps) / ?)) as i
                        where r.experiment_id = ? and r.state <> 'DIVERGED'
                        group by r.arm_index, r.arm, step order by r.arm_index, step""")
                .params(perEpoch, experimentId)
                .query((rs, number) -> new StepStatistic(
                        rs.getString("arm"),
                        rs.getLong("step"),
                        rs.getInt("runs"),
                        rs.getDouble("mean"),
                        rs.getObject("std", Double.class)))
                .list();
    }

    private static long[] unbox(Long[] values) {
        long[] unboxed = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            unboxed[i] = values[i];
        }
        return unboxed;
    }

    private static double[] unbox(Double[] values) {
        double[] unboxed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            unboxed[i] = values[i];
        }
        return unboxed;
    }
}

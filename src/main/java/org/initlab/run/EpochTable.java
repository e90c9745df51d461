package org.initlab.run;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.initlab.training.StepLosses;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The measurements: rows that are written once and read in bulk, so plain SQL rather than entities. */
@Component
class EpochTable {
    private final JdbcClient jdbc;
    private final Clock clock;

    EpochTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Stores an epoch unless it is there already; returns whether it was not. */
    boolean insert(UUID runId, EpochRow row) {
        return jdbc.sql(
                                """
                        insert into epoch (run_id, epoch, train_loss, loss, roc_auc, pr_auc, brier, output_bias,
                            train_seconds, eval_seconds, images_per_second, committed_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (run_id, epoch) do nothing""")
                        .params(
                                runId,
                                row.epoch(),
                                row.trainLoss(),
                                row.loss(),
                                row.rocAuc(),
                                row.prAuc(),
                                row.brier(),
                                row.outputBias(),
                                row.trainSeconds(),
                                row.evalSeconds(),
                                row.imagesPerSecond(),
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

    Map<UUID, Double> meanSeconds(Collection<UUID> experimentIds) {
        Map<UUID, Double> seconds = new HashMap<>();
        if (!experimentIds.isEmpty()) {
            jdbc.sql(
                            """
                            select r.experiment_id, avg(e.train_seconds + e.eval_seconds) as seconds
                            from epoch e join run r on r.id = e.run_id
                            where r.experiment_id in (:ids) and e.epoch > 0 group by r.experiment_id""")
                    .param("ids", experimentIds)
                    .query(rs -> {
                        seconds.put(rs.getObject("experiment_id", UUID.class), rs.getDouble("seconds"));
                    });
        }
        return seconds;
    }

    List<StepLosses> stepsOfRun(UUID runId) {
        return jdbc.sql("select steps, losses from step_loss where run_id = ? order by epoch")
                .param(runId)
                .query((rs, row) ->
                        new StepLosses(unbox((Integer[]) rs.getArray("steps").getArray()), unbox((Double[])
                                rs.getArray("losses").getArray())))
                .list();
    }

    private static int[] unbox(Integer[] values) {
        int[] unboxed = new int[values.length];
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

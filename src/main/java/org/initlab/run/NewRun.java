package org.initlab.run;

import java.util.UUID;
import org.initlab.training.spec.TrainingPlan;

/**
 * An order for a run.
 *
 * @param experimentId what it belongs to
 * @param arm the arm's label, unique within the experiment
 * @param armIndex the arm's place in the spec
 * @param trial from 0
 * @param requiredDevice {@code cpu} or {@code cuda}; {@code null} for any
 * @param plan what to train
 */
public record NewRun(
        UUID experimentId, String arm, int armIndex, int trial, String requiredDevice, TrainingPlan plan) {}

package org.initlab.run;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;
import org.initlab.training.spec.TrainingPlan;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to do, and where it belongs.
 *
 * @param experimentId the experiment that it is part of
 * @param arm the arm's label, unique within the experiment
 * @param armIndex the arm's place in the experiment's spec, from 0
 * @param trial from 0
 * @param requiredDevice {@code cpu} or {@code cuda}; {@code null} for any
 * @param mayEndOthers whether the experiment may stop early, so that the end of this run decides whether others are skipped
 * @param traceparent of the trace of its submission, as W3C writes it; {@code null} if that was not traced
 * @param plan what to train
 */
@Embeddable
public record RunSpec(
        @Column(updatable = false) UUID experimentId,
        @Column(updatable = false) String arm,
        @Column(updatable = false) int armIndex,
        @Column(updatable = false) int trial,
        @Nullable @Column(updatable = false) String requiredDevice,
        @Column(updatable = false) boolean mayEndOthers,
        @Nullable @Column(updatable = false) String traceparent,
        @JdbcTypeCode(SqlTypes.JSON) @Mutability(Immutability.class) TrainingPlan plan) {

    RunSpec withEpochs(int epochs) {
        return new RunSpec(
                experimentId, arm, armIndex, trial, requiredDevice, mayEndOthers, traceparent, plan.withEpochs(epochs));
    }
}

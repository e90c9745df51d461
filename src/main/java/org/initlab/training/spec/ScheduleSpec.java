package org.initlab.training.spec;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import org.hibernate.validator.constraints.Range;

/**
 * How the learning rate goes from step to step.
 *
 * @param type the course after the warm-up
 * @param warmupSteps steps over which the rate rises linearly to the optimizer's; 0 unless given
 * @param epochs the horizon, at which a {@code linear} or {@code cosine} rate is 0; {@code null} for the run's epochs
 * @param milestones for {@code step}, the epochs after which the rate is multiplied; none unless given
 * @param factor for {@code step}, in (0, 1]; 0.1 unless given
 */
public record ScheduleSpec(
        Type type,
        @Range(min = 0, max = 100_000_000) Integer warmupSteps,
        @Range(min = 1, max = 1000) Integer epochs,
        @Size(max = 100) List<@Range(min = 1, max = 1000) Integer> milestones,
        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1") Double factor) {
    public static final double USUAL_FACTOR = 0.1;

    /** PyTorch's schedules; on the wire in lower case. */
    public enum Type {
        CONSTANT,
        /** Falls to 0 in a line: {@code LinearLR} from 1 to 0. */
        LINEAR,
        /** Falls to 0 in half a cosine wave: {@code CosineAnnealingLR}. */
        COSINE,
        /** Is multiplied by a factor after some epochs: {@code MultiStepLR}. */
        STEP;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ScheduleSpec {
        type = type == null ? Type.CONSTANT : type;
        warmupSteps = warmupSteps == null ? 0 : warmupSteps;
        milestones = milestones == null ? List.of() : List.copyOf(milestones);
        factor = factor == null ? USUAL_FACTOR : factor;
    }

    /** The same rate for every step. */
    public ScheduleSpec() {
        this(null, null, null, null, null);
    }

    /** Whether the rate falls to 0 at a horizon. */
    public boolean hasHorizon() {
        return type == Type.LINEAR || type == Type.COSINE;
    }

    /** Whether more epochs than the run was started with would have changed the rates of those before. */
    public boolean dependsOnTheRunsEpochs() {
        return hasHorizon() && epochs == null;
    }
}

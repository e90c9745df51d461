package org.initlab.experiment;

import java.util.List;
import org.hibernate.validator.constraints.Range;
import org.initlab.platform.problem.Fault;
import org.initlab.platform.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * What can be changed about an experiment or a study; what is {@code null} stays as it is.
 *
 * @param priority its place in the queue: higher goes first
 * @param keep whether retention leaves it alone
 */
public record Change(
        @Nullable @Range(min = ExperimentSpec.MIN_PRIORITY, max = ExperimentSpec.MAX_PRIORITY) Integer priority,
        @Nullable Boolean keep) {
    /**
     * The change, which is one.
     *
     * @throws InvalidRequestException if it changes nothing
     */
    public Change required() {
        if (priority == null && keep == null) {
            throw new InvalidRequestException(List.of(new Fault("", "must change something: priority or keep")));
        }
        return this;
    }
}

package org.initlab.experiment;

import java.util.List;
import java.util.Optional;
import org.initlab.platform.problem.Fault;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.training.data.DatasetSummary;
import org.jspecify.annotations.Nullable;

/**
 * A spec with every default filled in, or what keeps it from being trained.
 *
 * @param spec complete where there are no faults; {@code null} where it is not even an object
 * @param faults all that were found, in the order of the document
 * @param warnings what the user should know though the spec can be trained, as sentences
 * @param data the data's counts, if the data is here
 */
public record CheckedSpec(
        @Nullable ExperimentSpec spec, List<Fault> faults, List<String> warnings, Optional<DatasetSummary> data) {

    /** The same under another name. */
    public CheckedSpec named(String name) {
        return spec == null ? this : new CheckedSpec(spec.withName(name), faults, warnings, data);
    }

    /**
     * The same, without a fault.
     *
     * @throws InvalidRequestException with all faults, where there are any
     */
    CheckedSpec orThrow() {
        if (!faults.isEmpty()) {
            throw new InvalidRequestException(faults);
        }
        return this;
    }
}

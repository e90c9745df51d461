package org.initlab.experiment;

import jakarta.persistence.criteria.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.initlab.platform.problem.InvalidRequestException;
import org.springframework.data.jpa.domain.Specification;

/**
 * Which experiments to list; {@code null} matches anything.
 *
 * @param dataset a data set's name, in any case
 * @param architecture an architecture's name, in any case
 * @param name part of the name, compared by {@link SearchKey}
 * @param study the study that it is a point of
 */
public record ExperimentFilter(ExperimentState state, String dataset, String architecture, String name, UUID study) {
    public ExperimentFilter {
        // PostgreSQL's text cannot hold it: the query would fail rather than match nothing
        if (Stream.of(dataset, architecture, name).anyMatch(text -> text != null && text.indexOf('\0') >= 0)) {
            throw new InvalidRequestException("a filter must not contain the character NUL");
        }
    }

    Specification<Experiment> toSpecification() {
        return (experiment, query, builder) -> {
            List<Predicate> all = new ArrayList<>();
            if (state != null) {
                all.add(builder.equal(experiment.get("state"), state));
            }
            if (dataset != null) {
                all.add(builder.equal(experiment.get("dataset"), dataset.toLowerCase(Locale.ROOT)));
            }
            if (architecture != null) {
                all.add(builder.equal(experiment.get("architecture"), architecture.toLowerCase(Locale.ROOT)));
            }
            if (name != null) {
                all.add(builder.like(experiment.get("nameKey"), SearchKey.part(name), '\\'));
            }
            if (study != null) {
                all.add(builder.equal(experiment.get("studyId"), study));
            }
            return builder.and(all);
        };
    }
}

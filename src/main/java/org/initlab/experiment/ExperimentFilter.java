package org.initlab.experiment;

import jakarta.persistence.criteria.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.initlab.platform.problem.InvalidRequestException;
import org.springframework.data.jpa.domain.Specification;

/**
 * Which experiments to list; {@code null} matches anything.
 *
 * @param name part of the name, ignoring case
 */
public record ExperimentFilter(ExperimentState state, String dataset, String architecture, String name) {
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
                all.add(builder.equal(experiment.get("dataset"), dataset));
            }
            if (architecture != null) {
                all.add(builder.equal(experiment.get("architecture"), architecture));
            }
            if (name != null) {
                String part = "%" + name.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
                all.add(builder.like(builder.lower(experiment.get("name")), part, '\\'));
            }
            return builder.and(all);
        };
    }
}

package org.initlab.experiment.web;

import java.util.List;
import java.util.Optional;
import org.initlab.experiment.Cursor;
import org.initlab.experiment.ExperimentQueries;
import org.initlab.platform.http.Choice;
import org.initlab.platform.problem.InvalidRequestException;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/**
 * Which part of a list; {@code null} is what is left out.
 *
 * @param page from 0
 * @param size 1 to 200 entries, by default 20
 * @param sort a property in any case, optionally followed by {@code ,asc} or {@code ,desc}; by default newest first
 * @param after {@code next} of an earlier answer, to go on behind it in the default order; without {@code page}
 */
record PageQuery(Integer page, Integer size, String sort, String after) {
    private static final int MAX_SIZE = 200;
    private static final int USUAL_SIZE = 20;
    private static final int MAX_PAGE = 1_000_000;
    private static final List<String> SORTABLE =
            List.of("createdAt", "startedAt", "finishedAt", "name", "state", "dataset", "architecture", "priority");
    private static final Sort NEWEST_OF_EQUALS = Sort.by(Sort.Direction.DESC, "id");

    /**
     * The page, with equals sorted newest first.
     *
     * @throws InvalidRequestException naming what is out of range
     */
    Pageable toPageable() {
        int number = page == null ? 0 : page;
        require(number >= 0 && number <= MAX_PAGE, "page must be between 0 and " + MAX_PAGE);
        return PageRequest.of(number, sizeOrUsual(), order());
    }

    /**
     * The place to go on from, if any.
     *
     * @throws InvalidRequestException if there is one that does not fit
     */
    Optional<Cursor> cursor() {
        if (after == null || after.isEmpty()) {
            return Optional.empty();
        }
        require(
                page == null && order().equals(ExperimentQueries.NEWEST_FIRST),
                "after goes on in the default order; leave page and sort out");
        return Optional.of(Cursor.parse(after));
    }

    /**
     * How many entries at most.
     *
     * @throws InvalidRequestException if it is out of range
     */
    int sizeOrUsual() {
        int entries = size == null ? USUAL_SIZE : size;
        require(entries >= 1 && entries <= MAX_SIZE, "size must be between 1 and " + MAX_SIZE);
        return entries;
    }

    private Sort order() {
        if (sort == null) {
            return ExperimentQueries.NEWEST_FIRST;
        }
        String[] parts = sort.split(",", -1);
        try {
            require(parts.length <= 2, "must be one property and one direction");
            String property = Choice.of(SORTABLE, parts[0]);
            String direction = parts.length == 1 ? "asc" : Choice.of(List.of("asc", "desc"), parts[1]);
            return Sort.by(Sort.Direction.fromString(direction), property).and(NEWEST_OF_EQUALS);
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException(
                    "sort must be one of " + String.join(", ", SORTABLE) + ", optionally followed by ,asc or ,desc");
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new InvalidRequestException(rule);
        }
    }
}

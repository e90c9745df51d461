package org.initlab.platform.http;

import java.util.List;
import java.util.Optional;
import org.initlab.platform.json.Nearest;
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
public record PageQuery(Integer page, Integer size, String sort, String after) {
    /** How a list is sorted unless the client asks for another order, and always if it goes on from a {@link Cursor}. */
    public static final Sort NEWEST_FIRST = Sort.by(Sort.Direction.DESC, "createdAt", "id");

    private static final int MAX_SIZE = 200;
    private static final int USUAL_SIZE = 20;
    private static final int MAX_PAGE = 1_000_000;
    private static final Sort NEWEST_OF_EQUALS = Sort.by(Sort.Direction.DESC, "id");

    /**
     * The page, with equals sorted newest first.
     *
     * @param sortable the properties that the list can be sorted by
     * @throws InvalidRequestException naming what is out of range
     */
    public Pageable toPageable(List<String> sortable) {
        int number = page == null ? 0 : page;
        require(number >= 0 && number <= MAX_PAGE, "page must be between 0 and " + MAX_PAGE);
        return PageRequest.of(number, sizeOrUsual(), order(sortable));
    }

    /**
     * The place to go on from, if any.
     *
     * @param sortable the properties that the list can be sorted by
     * @throws InvalidRequestException if there is one that does not fit
     */
    public Optional<Cursor> cursor(List<String> sortable) {
        if (after == null || after.isEmpty()) {
            return Optional.empty();
        }
        require(
                page == null && order(sortable).equals(NEWEST_FIRST),
                "after goes on in the default order; leave page and sort out");
        return Optional.of(Cursor.parse(after));
    }

    /**
     * How many entries at most.
     *
     * @throws InvalidRequestException if it is out of range
     */
    public int sizeOrUsual() {
        int entries = size == null ? USUAL_SIZE : size;
        require(entries >= 1 && entries <= MAX_SIZE, "size must be between 1 and " + MAX_SIZE);
        return entries;
    }

    private Sort order(List<String> sortable) {
        if (sort == null) {
            return NEWEST_FIRST;
        }
        String[] parts = sort.split(",", -1);
        try {
            require(parts.length <= 2, "must be one property and one direction");
            String property = Choice.of(sortable, parts[0]);
            String direction = parts.length == 1 ? "asc" : Choice.of(List.of("asc", "desc"), parts[1]);
            return Sort.by(Sort.Direction.fromString(direction), property).and(NEWEST_OF_EQUALS);
        } catch (InvalidRequestException e) {
            String hint = sortable.contains(parts[0]) ? "" : Nearest.question(parts[0], sortable);
            throw new InvalidRequestException("sort must be one of " + String.join(", ", sortable)
                    + ", optionally followed by ,asc or ,desc" + hint);
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new InvalidRequestException(rule);
        }
    }
}

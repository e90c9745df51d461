package org.initlab.experiment.web;

import java.util.List;
import org.initlab.platform.problem.InvalidRequestException;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/**
 * Which page of a list.
 *
 * @param page from 0
 * @param size 1 to 200 entries, by default 20
 * @param sort a property, optionally followed by {@code ,asc} or {@code ,desc}
 */
record PageQuery(Integer page, Integer size, String sort) {
    private static final int MAX_SIZE = 200;
    private static final int MAX_PAGE = 1_000_000;
    private static final List<String> SORTABLE =
            List.of("createdAt", "startedAt", "finishedAt", "name", "state", "dataset", "architecture", "priority");

    PageQuery {
        page = page == null ? 0 : page;
        size = size == null ? 20 : size;
        sort = sort == null ? "createdAt,desc" : sort;
    }

    /**
     * The page, with equals sorted newest first.
     *
     * @throws InvalidRequestException naming what is out of range
     */
    Pageable toPageable() {
        require(page >= 0 && page <= MAX_PAGE, "page must be between 0 and " + MAX_PAGE);
        require(size >= 1 && size <= MAX_SIZE, "size must be between 1 and " + MAX_SIZE);
        String[] parts = sort.split(",", -1);
        boolean directed = parts.length == 1
                || (parts.length == 2 && List.of("asc", "desc").contains(parts[1]));
        require(
                directed && SORTABLE.contains(parts[0]),
                "sort must be one of " + String.join(", ", SORTABLE) + ", optionally followed by ,asc or ,desc");
        Sort.Direction direction =
                parts.length == 2 && parts[1].equals("desc") ? Sort.Direction.DESC : Sort.Direction.ASC;
        return PageRequest.of(page, size, Sort.by(direction, parts[0]).and(Sort.by(Sort.Direction.DESC, "id")));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new InvalidRequestException(rule);
        }
    }
}

package org.initlab.study;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.initlab.experiment.StudyPoint;
import org.initlab.experiment.StudyPoints;
import org.initlab.platform.http.Cursor;
import org.initlab.platform.problem.InvalidRequestException;
import org.initlab.platform.problem.NotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;
import org.springframework.stereotype.Component;

/** Reads studies. */
@Component
public class StudyQueries {
    /** What a list can be sorted by. */
    public static final List<String> SORTABLE = List.of("createdAt", "name");

    private final StudyTable studies;
    private final StudyPoints points;

    StudyQueries(StudyTable studies, StudyPoints points) {
        this.studies = studies;
        this.points = points;
    }

    /**
     * One study.
     *
     * @throws NotFoundException if there is none
     */
    public StudyView get(UUID id) {
        return views(List.of(row(id))).get(0);
    }

    /**
     * The study's revision now: it changes whenever one of its points does.
     *
     * @throws NotFoundException if there is none
     */
    public long revision(UUID id) {
        row(id);
        return points.revision(id);
    }

    /** A page of the studies that have a text in their name; {@code null} for all. */
    public Page<StudyOutline> list(@Nullable String name, Pageable page) {
        Page<StudyTable.Row> found = studies.list(searched(name), page);
        return new PageImpl<>(outlines(found.getContent()), page, found.getTotalElements());
    }

    /**
     * The same after a place, newest first.
     *
     * @param size how many at most
     */
    public Slice<StudyOutline> listAfter(@Nullable String name, Cursor place, int size) {
        List<StudyTable.Row> found = studies.listAfter(searched(name), place, size + 1);
        boolean more = found.size() > size;
        return new SliceImpl<>(outlines(more ? found.subList(0, size) : found), PageRequest.ofSize(size), more);
    }

    private static @Nullable String searched(@Nullable String name) {
        // PostgreSQL's text cannot hold it: the query would fail rather than match nothing
        if (name != null && name.indexOf('\0') >= 0) {
            throw new InvalidRequestException("a filter must not contain the character NUL");
        }
        return name;
    }

    StudyTable.Row row(UUID id) {
        return studies.find(id).orElseThrow(() -> new NotFoundException("there is no study " + id));
    }

    private List<StudyOutline> outlines(List<StudyTable.Row> rows) {
        return views(rows).stream().map(StudyView::outline).toList();
    }

    private List<StudyView> views(List<StudyTable.Row> rows) {
        Map<UUID, List<StudyPoint>> byStudy =
                points.of(rows.stream().map(StudyTable.Row::id).toList());
        return rows.stream()
                // one that is being deleted may have lost its points
                .filter(row -> byStudy.containsKey(row.id()))
                .map(row -> StudyAssembler.view(row, byStudy.get(row.id())))
                .toList();
    }
}

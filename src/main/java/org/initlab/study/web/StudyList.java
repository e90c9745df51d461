package org.initlab.study.web;

import java.util.List;
import org.initlab.platform.http.Cursor;
import org.initlab.platform.http.PageQuery;
import org.initlab.study.StudyOutline;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Slice;
import org.springframework.data.web.PagedModel;
import org.springframework.data.web.PagedModel.PageMetadata;

/**
 * A part of the list of studies.
 *
 * @param page {@code null} where the list goes on from an earlier answer, as others come and go meanwhile
 * @param next for {@code ?after=}, to go on behind the last of these; {@code null} where none follows, or the order is
 *     not the default
 */
record StudyList(List<StudyOutline> content, @Nullable PageMetadata page, @Nullable String next) {

    static StudyList page(Page<StudyOutline> page) {
        boolean usual = page.getSort().equals(PageQuery.NEWEST_FIRST);
        return new StudyList(page.getContent(), new PagedModel<>(page).getMetadata(), usual ? next(page) : null);
    }

    static StudyList after(Slice<StudyOutline> slice) {
        return new StudyList(slice.getContent(), null, next(slice));
    }

    private static @Nullable String next(Slice<StudyOutline> slice) {
        return Cursor.next(slice, last -> new Cursor(last.createdAt(), last.id()));
    }
}

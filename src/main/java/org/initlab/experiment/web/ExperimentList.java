package org.initlab.experiment.web;

import java.util.List;
import org.initlab.experiment.ExperimentView;
import org.initlab.platform.http.Cursor;
import org.initlab.platform.http.PageQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Slice;
import org.springframework.data.web.PagedModel;
import org.springframework.data.web.PagedModel.PageMetadata;

/**
 * A part of the list of experiments.
 *
 * @param page {@code null} where the list goes on from an earlier answer, as others come and go meanwhile
 * @param next for {@code ?after=}, to go on behind the last of these; {@code null} where none follows, or the order is
 *     not the default
 */
record ExperimentList(List<ExperimentView> content, @Nullable PageMetadata page, @Nullable String next) {

    static ExperimentList page(Page<ExperimentView> page) {
        boolean usual = page.getSort().equals(PageQuery.NEWEST_FIRST);
        return new ExperimentList(page.getContent(), new PagedModel<>(page).getMetadata(), usual ? next(page) : null);
    }

    static ExperimentList after(Slice<ExperimentView> slice) {
        return new ExperimentList(slice.getContent(), null, next(slice));
    }

    private static @Nullable String next(Slice<ExperimentView> slice) {
        return Cursor.next(slice, last -> new Cursor(last.createdAt(), last.id()));
    }
}

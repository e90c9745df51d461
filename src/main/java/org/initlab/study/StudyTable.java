package org.initlab.study;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.initlab.experiment.SearchKey;
import org.initlab.platform.http.Cursor;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The studies' rows: written once, in JSON that stays as it came. */
@Component
class StudyTable {
    /** What a list can be sorted by. */
    private static final Map<String, String> COLUMNS = Map.of("createdAt", "created_at", "name", "name", "id", "id");

    private final JdbcClient jdbc;
    private final JsonMapper json;

    StudyTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A study without its points. */
    record Row(UUID id, String name, ObjectNode base, Grid grid, Instant createdAt) {}

    UUID insert(StudyChecks.Checked study, Instant now) {
        UUID id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        List<StudySpec.AxisSpec> axes = study.grid().axes().stream()
                .map(axis -> new StudySpec.AxisSpec(axis.pointer(), axis.values()))
                .toList();
        jdbc.sql("insert into study (id, name, name_key, base, axes, created_at) values (?, ?, ?, ?::json, ?::json, ?)")
                .params(
                        id,
                        study.name(),
                        SearchKey.of(study.name()),
                        json.writeValueAsString(study.base()),
                        json.writeValueAsString(axes),
                        OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .update();
        return id;
    }

    Optional<Row> find(UUID id) {
        return jdbc.sql("select * from study where id = ?")
                .param(id)
                .query(this::read)
                .optional();
    }

    /** Keeps others from locking a study until the caller's transaction ends; returns its name. */
    Optional<String> lock(UUID id) {
        return jdbc.sql("select name from study where id = ? for no key update")
                .param(id)
                .query(String.class)
                .optional();
    }

    /**
     * A page of the studies, and how many there are.
     *
     * @param name part of the name; {@code null} matches any
     */
    Page<Row> list(@Nullable String name, Pageable page) {
        String like = name == null ? "%" : SearchKey.part(name);
        List<Row> rows = jdbc.sql("select * from study where name_key like ? escape '\\' order by "
                        + order(page.getSort()) + " limit ? offset ?")
                .params(like, page.getPageSize(), page.getOffset())
                .query(this::read)
                .list();
        long total = jdbc.sql("select count(*) from study where name_key like ? escape '\\'")
                .param(like)
                .query(Long.class)
                .single();
        return new PageImpl<>(rows, page, total);
    }

    /** The studies that come after a place, newest first. */
    List<Row> listAfter(@Nullable String name, Cursor place, int most) {
        return jdbc.sql(
                        """
                        select * from study where name_key like ? escape '\\' and (created_at, id) < (?, ?)
                        order by created_at desc, id desc limit ?""")
                .params(
                        name == null ? "%" : SearchKey.part(name),
                        OffsetDateTime.ofInstant(place.createdAt(), ZoneOffset.UTC),
                        place.id(),
                        most)
                .query(this::read)
                .list();
    }

    void delete(UUID id) {
        jdbc.sql("delete from study where id = ?").param(id).update();
    }

    private static String order(Sort sort) {
        return sort.stream()
                .map(by -> COLUMNS.get(by.getProperty()) + (by.isAscending() ? " asc" : " desc"))
                .collect(Collectors.joining(", "));
    }

    private Row read(ResultSet rs, int number) throws SQLException {
        List<StudySpec.AxisSpec> axes = List.of(json.readValue(rs.getString("axes"), StudySpec.AxisSpec[].class));
        return new Row(
                rs.getObject("id", UUID.class),
                rs.getString("name"),
                (ObjectNode) json.readTree(rs.getString("base")),
                Grid.of(axes),
                rs.getTimestamp("created_at").toInstant());
    }
}

package org.initlab.experiment;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.stereotype.Component;

/** Stores the key by which a name is found beside it; in Java, as the database's own folding depends on its locale. */
@Component
class NameKeyMigration implements JavaMigration {
    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("9");
    }

    @Override
    public String getDescription() {
        return "name keys";
    }

    @Override
    public Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        execute(connection, "alter table experiment add column name_key text");
        fill(connection);
        execute(connection, "alter table experiment alter column name_key set not null");
        execute(
                connection,
                "comment on column experiment.name_key is 'the name as GET /experiments?name= finds it, case folded and normalised"
                        + " in Java'");
    }

    private static void fill(Connection connection) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update experiment set name_key = ? where id = ?")) {
            for (Map.Entry<UUID, String> name : names(connection).entrySet()) {
                update.setString(1, SearchKey.of(name.getValue()));
                update.setObject(2, name.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static Map<UUID, String> names(Connection connection) throws SQLException {
        Map<UUID, String> names = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id, name from experiment")) {
            while (rows.next()) {
                names.put(rows.getObject("id", UUID.class), rows.getString("name"));
            }
        }
        return names;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

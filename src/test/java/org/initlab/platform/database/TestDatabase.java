package org.initlab.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.initlab.TestFolders;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** Gives each test context a new database on the one server of the test process, and a new home folder. */
public class TestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final Path FOLDER = TestFolders.ofThisFork("test-postgres");
    private static final Path HOMES = FOLDER.resolve("homes");
    private static PostgresServer server;
    private static int databases;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            TestPropertyValues.of(
                            "spring.datasource.url=" + newDatabase(),
                            "spring.datasource.username=" + server.getUsername(),
                            "spring.datasource.password=" + server.getPassword(),
                            // contexts stay open until all tests have run, and one server has to do for all of them
                            "spring.datasource.hikari.minimum-idle=1",
                            "spring.datasource.hikari.idle-timeout=10000",
                            "initlab.home=" + Files.createTempDirectory(HOMES, "home"))
                    .applyTo(context);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized String newDatabase() throws IOException, SQLException {
        if (server == null) {
            PostgresTemplate.copyTo(FOLDER);
            server = PostgresServer.start(FOLDER);
            // runs when all contexts are closed, unlike a shutdown hook of the JVM
            SpringApplication.getShutdownHandlers().add(TestDatabase::stop);
            dropOldDatabases();
            FileSystemUtils.deleteRecursively(HOMES);
            Files.createDirectories(HOMES);
        }
        String name = "test_" + databases++;
        execute("CREATE DATABASE " + name);
        return server.jdbcUrl(name);
    }

    private static void dropOldDatabases() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT datname FROM pg_database WHERE datname LIKE 'test_%'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        for (String name : names) {
            execute("DROP DATABASE " + name);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(server.getJdbcUrl(), server.getUsername(), server.getPassword());
    }

    private static void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

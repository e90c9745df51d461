package org.initlab.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.initlab.ServerProcess;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A PostgreSQL that a test can stop and start again at the same address. */
public final class StoppablePostgres implements AutoCloseable {
    private final PostgresFolder folder;
    private final int port;
    private boolean running;

    /** Starts a new server. */
    public StoppablePostgres(Path home) {
        try {
            PostgresTemplate.copyTo(home);
            folder = PostgresFolder.open(home);
            port = ServerProcess.freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    /** What a service needs to reach it. */
    public List<String> properties() {
        try {
            return List.of(
                    "spring.datasource.url=" + url(),
                    "spring.datasource.username=" + PostgresFolder.USER,
                    "spring.datasource.password=" + folder.password());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads and writes next to the service, with one connection per statement. */
    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource());
    }

    /** A connection beside the service's. */
    public Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    /** What the server has to say goes there. */
    public Path log() {
        return folder.log();
    }

    private DataSource dataSource() {
        try {
            return new DriverManagerDataSource(url(), PostgresFolder.USER, folder.password());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On 127.0.0.1. */
    public int port() {
        return port;
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public void start() {
        try {
            folder.start(port);
            running = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rolls back what is open and closes all connections. */
    public void stop() {
        try {
            folder.stop();
            running = false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (running) {
            stop();
        }
    }
}

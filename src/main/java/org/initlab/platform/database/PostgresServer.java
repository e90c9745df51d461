package org.initlab.platform.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.initlab.platform.StartupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * A running PostgreSQL below the home folder, reachable only from this machine and with a password.
 *
 * <p>Zonky's own launcher is made for tests: it turns durability off, trusts every local user and deletes folders that
 * look old. So only its binaries are used, with PostgreSQL's own {@code initdb} and {@code pg_ctl}.
 */
final class PostgresServer implements JdbcConnectionDetails, AutoCloseable {
    private static final Pattern SHELL = Pattern.compile("[$`\"\\\\\r\n]");

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);

    private final HomeLock lock;
    private final PostgresFolder folder;
    private final int port;
    private final String password;
    private final PostgresWatch watch;

    private PostgresServer(HomeLock lock, PostgresFolder folder) throws IOException {
        this.lock = lock;
        this.folder = folder;
        port = freePort();
        password = folder.password();
        Files.deleteIfExists(folder.log());
        folder.start(port);
        log.info("PostgreSQL is running in {} on 127.0.0.1:{}", folder.data(), port);
        watch = PostgresWatch.begin(folder, port);
    }

    /**
     * Starts the server of a home folder, with a new database if there is none.
     *
     * @throws StartupException if it does not start, or another service uses the folder
     */
    static PostgresServer start(Path home) {
        requireHarmless(home);
        try {
            Files.createDirectories(home);
            HomeLock lock = HomeLock.take(home);
            try {
                return new PostgresServer(lock, PostgresFolder.open(home));
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StartupException(
                    "The service's own PostgreSQL (" + PostgresFolder.NAME + " below initlab.home) did not start: "
                            + e.getMessage(),
                    "Fix the cause given above, or configure another PostgreSQL with spring.datasource.url. The user"
                            + " that runs the service must be able to write to initlab.home and to enter all of its"
                            + " parent folders; for root, user namespaces (unshare -U) must be allowed.",
                    e);
        }
    }

    /** {@code initdb} and {@code pg_ctl} hand paths to a shell, between double quotes. */
    private static void requireHarmless(Path home) {
        String path = home.toAbsolutePath().toString();
        if (SHELL.matcher(path).find()) {
            throw new StartupException(
                    "initlab.home is " + path
                            + ", but PostgreSQL's own programs cannot handle $, `, \", \\ or a line break"
                            + " in a path.",
                    "Set initlab.home to a folder without these characters, or configure another PostgreSQL with"
                            + " spring.datasource.url.");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public String getUsername() {
        return PostgresFolder.USER;
    }

    @Override
    public String getPassword() {
        return password;
    }

    @Override
    public String getJdbcUrl() {
        return jdbcUrl("postgres");
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** From now on it may end by itself: a shutdown of the machine tells each process to stop. */
    @EventListener(ContextClosedEvent.class)
    void leaveAlone() {
        watch.end();
    }

    /** Also in a thread that is interrupted, as that of a start which is told to stop: nobody else would stop the server. */
    @Override
    public void close() throws IOException {
        boolean interrupted = Thread.interrupted();
        try (lock) {
            watch.close();
            folder.stop();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

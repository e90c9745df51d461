package org.initlab.platform.database;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** Where PostgreSQL keeps its data, its password and its log; readable only by its owner. */
final class PostgresFolder {
    /** Contains the major version, because a newer one cannot read an older one's data. */
    static final String NAME = "postgresql-18";

    static final String USER = "postgres";
    private static final String DATA = "data";
    private static final int LOG_LINES = 5;
    /** Long, because a server that was killed first replays its log. */
    private static final int WAIT_SECONDS = 60;

    private static final Set<PosixFilePermission> OWNERS_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Logger log = LoggerFactory.getLogger(PostgresFolder.class);

    private final Path path;
    private final PostgresTools tools;

    private PostgresFolder(Path path, PostgresTools tools) {
        this.path = path;
        this.tools = tools;
    }

    /** The folder below {@code home}, with a database cluster that no server is using. */
    static PostgresFolder open(Path home) throws IOException {
        Path path = home.resolve(NAME);
        if (!Files.exists(path)) {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNERS_ONLY));
        }
        restrict(path);
        Path programs = PostgresBinaries.unpack(path).resolve("bin");
        PostgresFolder folder = new PostgresFolder(path, new PostgresTools(programs));
        folder.initialise();
        folder.stopLeftOver();
        return folder;
    }

    /** A copy from a backup, or a chmod -R, may have left other permissions, with which PostgreSQL does not start. */
    private static void restrict(Path path) throws IOException {
        requireOwn(path);
        Files.setPosixFilePermissions(path, OWNERS_ONLY);
        Path data = path.resolve(DATA);
        if (Files.exists(data)) {
            restrictAll(data);
        }
    }

    private static void restrictAll(Path folder) throws IOException {
        requireOwn(folder);
        Files.setPosixFilePermissions(folder, OWNERS_ONLY);
        try (DirectoryStream<Path> inside =
                Files.newDirectoryStream(folder, entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))) {
            for (Path entry : inside) {
                restrictAll(entry);
            }
        }
    }

    /** Root's too, as PostgreSQL runs without root's rights. */
    private static void requireOwn(Path folder) throws IOException {
        Object owner = Files.getAttribute(folder, "unix:uid");
        UnixSystem user = new UnixSystem();
        if (((Integer) owner).longValue() != user.getUid()) {
            throw new IOException(
                    folder + " belongs to " + Files.getOwner(folder).getName()
                            + ", not to the user that runs the service (" + user.getUsername()
                            + "); give it to that user (chown -R), or run the service as its owner");
        }
    }

    Path data() {
        return path.resolve(DATA);
    }

    Path log() {
        return path.resolve("postgres.log");
    }

    String password() throws IOException {
        return Files.readString(passwordFile()).strip();
    }

    /** The end of the log, which says why a server did not start. */
    private String lastLogLines() throws IOException {
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    /** Moves a cluster into place once it is complete, so that an interrupted start leaves nothing half-made. */
    private void initialise() throws IOException {
        if (Files.exists(data())) {
            return;
        }
        Path unfinished = path.resolve("data.new");
        FileSystemUtils.deleteRecursively(unfinished);
        writePassword();
        tools.run(
                "initdb",
                "--pgdata=" + unfinished,
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile(),
                // more would only guard a guessable password, which this is not, and slow down each connection
                "--set=scram_iterations=1",
                "--encoding=UTF8",
                "--locale=C");
        Files.move(unfinished, data());
    }

    private void writePassword() throws IOException {
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        Files.deleteIfExists(passwordFile());
        Files.createFile(passwordFile(), permissions("rw-------"));
        Files.writeString(passwordFile(), HexFormat.of().formatHex(secret) + "\n");
    }

    private Path passwordFile() {
        return path.resolve("password");
    }

    /** Stops the server that a killed service left running; the lock on the home folder shows that nobody owns it. */
    private void stopLeftOver() throws IOException {
        Optional<ProcessHandle> server = server();
        if (server.isPresent()) {
            log.info(
                    "Stopping the PostgreSQL (process {}) that an earlier service left running",
                    server.get().pid());
            stop();
        } else {
            deleteMisleadingPid();
        }
    }

    /** The process of the server that is running. */
    Optional<ProcessHandle> server() throws IOException {
        return recorded().filter(this::isServer);
    }

    private boolean isServer(ProcessHandle process) {
        return isPostgres(process)
                && Arrays.asList(process.info().arguments().orElse(new String[0]))
                        .contains(data().toString());
    }

    /** A real one would show its command, as it belongs to the same user. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().filter(c -> c.endsWith("/postgres")).isPresent();
    }

    /** The process that the data's pid file names, if there is one of this number. */
    private Optional<ProcessHandle> recorded() throws IOException {
        if (!Files.exists(pidFile())) {
            return Optional.empty();
        }
        String pid = Files.readString(pidFile()).lines().findFirst().orElse("").strip();
        return pid.matches("[0-9]{1,18}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
    }

    /**
     * The process id now belongs to another program, or its process is dead and not yet reaped: PostgreSQL would mistake it for
     * a running server. After a server that is gone it cleans up itself.
     */
    private void deleteMisleadingPid() throws IOException {
        if (recorded().filter(process -> !isPostgres(process)).isPresent()) {
            Files.delete(pidFile());
        }
    }

    private Path pidFile() {
        return data().resolve("postmaster.pid");
    }

    /**
     * Starts the server, and waits until it takes connections.
     *
     * @throws IOException with the end of its log, if it does not
     */
    void start(int port) throws IOException {
        String options = "-p " + port
                + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                + " -c timezone=UTC -c log_timezone=UTC";
        long before = logLength();
        try {
            tools.run("pg_ctl", "start", "-D", data(), "-l", log(), "-o", options, "-w", "-t", WAIT_SECONDS);
        } catch (IOException e) {
            String reason = logLength() == before ? e.getMessage() : lastLogLines();
            throw new IOException(reason, e);
        }
    }

    private long logLength() {
        return log().toFile().length();
    }

    /** Starts a server that has ended; one that still recovers from that is left to do so. */
    void startAgain(int port) throws IOException {
        if (server().isEmpty()) {
            deleteMisleadingPid();
            start(port);
        }
    }

    /** Stops the server, rolling back open transactions; does nothing if it has ended already. */
    void stop() throws IOException {
        if (recorded().filter(PostgresFolder::isPostgres).isPresent()) {
            tools.run("pg_ctl", "stop", "-D", data(), "-m", "fast", "-w", "-t", WAIT_SECONDS);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}

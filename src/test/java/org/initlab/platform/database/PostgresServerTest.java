package org.initlab.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThatCode;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.initlab.platform.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresServerTest {
    /** Shared, so that the programs are unpacked once. */
    @TempDir
    private static Path temp;

    /** Starts a server in its own process, says so, and waits to be killed. */
    static final class Service {
        private Service() {}

        public static void main(String[] args) throws IOException {
            PostgresServer server = PostgresServer.start(Path.of(args[0]));
            System.out.println(server.getJdbcUrl());
            System.in.read();
        }
    }

    @Test
    void aRowSurvivesARestart() throws Exception {
        try (PostgresServer server = PostgresServer.start(temp)) {
            query(server, "CREATE TABLE kept AS SELECT 'row' AS value");
        }
        try (PostgresServer server = PostgresServer.start(temp)) {
            assertThat(query(server, "SELECT value FROM kept")).isEqualTo("row");
        }
        assertThat(temp.resolve("postgresql-18/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void theServerThatAKilledServiceLeftRunningIsReplaced() throws Exception {
        Process service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Service.class.getName(),
                        temp.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String url = lastLine(service.inputReader());
        String password =
                Files.readString(temp.resolve("postgresql-18/password")).strip();
        try (Connection connection = DriverManager.getConnection(url, "postgres", password)) {
            query(connection, "CREATE TABLE left_over AS SELECT 'row' AS value");
        }
        service.destroyForcibly().waitFor();
        DriverManager.getConnection(url, "postgres", password).close();

        try (PostgresServer server = PostgresServer.start(temp)) {
            assertThat(query(server, "SELECT value FROM left_over")).isEqualTo("row");
            assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", password))
                    .hasMessageContaining("refused");
        }
    }

    @Test
    void aServerThatIsKilledIsStartedAgainWhereItWas() throws Exception {
        try (PostgresServer server = PostgresServer.start(temp)) {
            query(server, "CREATE TABLE kept_twice AS SELECT 'row' AS value");

            kill();
            await().ignoreExceptions().untilAsserted(() -> assertThat(query(server, "SELECT value FROM kept_twice"))
                    .isEqualTo("row"));

            // at the end of a service nobody starts it again
            server.leaveAlone();
            kill();
        }
        PostgresServer.start(temp).close();
    }

    @Test
    void anInterruptedThreadStopsItToo() throws Exception {
        PostgresServer server = PostgresServer.start(temp);

        Thread.currentThread().interrupt();
        server.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(temp.resolve("postgresql-18/data/postmaster.pid")).doesNotExist();
    }

    private static void kill() throws IOException {
        String pid = Files.readAllLines(temp.resolve("postgresql-18/data/postmaster.pid"))
                .get(0);
        ProcessHandle server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
    }

    @Test
    void aProcessIdReusedByAnotherProcessDoesNotPreventTheStart() throws Exception {
        PostgresServer.start(temp).close();
        Path pidFile = temp.resolve("postgresql-18/data/postmaster.pid");
        Files.writeString(pidFile, ProcessHandle.current().pid() + "\n" + pidFile.getParent() + "\n");

        try (PostgresServer server = PostgresServer.start(temp)) {
            assertThat(query(server, "SELECT 1")).isEqualTo("1");
        }
    }

    /** A shell would expand them: PostgreSQL's own programs hand it their paths. */
    @ParameterizedTest
    @ValueSource(strings = {"a$HOME", "b`touch ran`", "c\"d", "e\\f", "g\nh"})
    void aHomeWhoseNameAShellWouldReadIsRefused(String name) {
        assertThatThrownBy(() -> PostgresServer.start(temp.resolve(name)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("cannot handle");
        assertThat(temp.resolve(name)).doesNotExist();
        assertThat(temp.resolve("ran")).doesNotExist();
        assertThat(Path.of("ran")).doesNotExist();
    }

    @Test
    void aHomeWithSpacesQuotesAndUmlautsStarts() throws Exception {
        try (PostgresServer server = PostgresServer.start(temp.resolve("it's höme !"))) {
            assertThat(query(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aHomeThatWasOpenedToEveryoneStartsAgainAndIsClosed() throws Exception {
        PostgresServer.start(temp).close();
        for (String folder : List.of("postgresql-18", "postgresql-18/data")) {
            Files.setPosixFilePermissions(temp.resolve(folder), PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        PostgresServer.start(temp).close();
        assertThat(permissions("postgresql-18/data")).isEqualTo("rwx------");
    }

    @Test
    void foldersThatLostTheirExecuteBitsGetThemBack() throws Exception {
        PostgresServer.start(temp).close();
        for (String folder : List.of("data/global", "data/base", "data")) {
            Files.setPosixFilePermissions(
                    temp.resolve("postgresql-18").resolve(folder), PosixFilePermissions.fromString("rw-------"));
        }
        PostgresServer.start(temp).close();
        assertThat(permissions("postgresql-18/data/base")).isEqualTo("rwx------");
    }

    @Test
    void aFolderOfAnotherUserIsRefusedWithItsOwner() throws Exception {
        PostgresServer.start(temp).close();
        Path data = temp.resolve("postgresql-18/data");
        UserPrincipal owner = Files.getOwner(data);
        UserPrincipal other =
                temp.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        assumeThatCode(() -> Files.setOwner(data, other)).doesNotThrowAnyException();

        Throwable failure = catchThrowable(() -> PostgresServer.start(temp));
        Files.setOwner(data, owner);

        assertThat(failure)
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("data belongs to nobody, not to the user that runs the service")
                .hasMessageContaining("chown -R");
    }

    @Test
    void aSecondServiceOnTheSameHomeIsRefusedWithTheFirstOnesProcess() throws Exception {
        try (PostgresServer first = PostgresServer.start(temp)) {
            assertThatThrownBy(() -> PostgresServer.start(temp))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(query(first, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void nobodyGetsInWithoutThePassword() throws Exception {
        try (PostgresServer server = PostgresServer.start(temp)) {
            assertThatThrownBy(() -> DriverManager.getConnection(server.getJdbcUrl(), "postgres", ""))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> DriverManager.getConnection(server.getJdbcUrl(), "postgres", "postgres"))
                    .hasMessageContaining("password authentication failed");
            assertThat(query(server, "SHOW unix_socket_directories")).isEmpty();
            assertThat(query(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(server, "SHOW password_encryption")).isEqualTo("scram-sha-256");
            assertThat(query(server, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'"))
                    .isEqualTo("0");
            assertThat(query(server, "SELECT count(*) FROM pg_hba_file_rules")).isNotEqualTo("0");
            assertThat(permissions("postgresql-18")).isEqualTo("rwx------");
            assertThat(permissions("postgresql-18/password")).isEqualTo("rw-------");
            assertThat(permissions("postgresql-18/data")).isEqualTo("rwx------");
        }
    }

    @Test
    void aFolderThatBecameReadableToOthersIsClosedAgain() throws Exception {
        PostgresServer.start(temp).close();
        Path folder = temp.resolve("postgresql-18");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        PostgresServer.start(temp).close();

        assertThat(permissions("postgresql-18")).isEqualTo("rwx------");
    }

    @Test
    void aCommitIsOnDiskWhenItReturns() throws Exception {
        try (PostgresServer server = PostgresServer.start(temp)) {
            assertThat(query(server, "SHOW fsync")).isEqualTo("on");
            assertThat(query(server, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(server, "SHOW full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void theFolderIsNamedAfterTheServersMajorVersion() throws Exception {
        try (PostgresServer server = PostgresServer.start(temp)) {
            assertThat(query(server, "SHOW server_version")).startsWith("18.");
        }
    }

    @Test
    void aServerThatDoesNotStartSaysWhy() throws Exception {
        PostgresServer.start(temp).close();
        Path settings = temp.resolve("postgresql-18/data/postgresql.auto.conf");
        Files.writeString(settings, "shared_buffers = lots\n");

        Throwable failure = catchThrowable(() -> PostgresServer.start(temp));
        Files.writeString(settings, "");

        assertThat(failure)
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("invalid value for parameter \"shared_buffers\": \"lots\"");
    }

    @Test
    void anInterruptedFirstStartIsDoneAgain(@TempDir Path home) throws Exception {
        Path unfinished = Files.createDirectories(home.resolve("postgresql-18/data.new"));
        Files.writeString(unfinished.resolve("postgresql.conf"), "");
        Files.writeString(home.resolve("postgresql-18/password"), "of a database that was never finished");

        try (PostgresServer server = PostgresServer.start(home)) {
            assertThat(query(server, "SELECT 1")).isEqualTo("1");
        }
    }

    private static String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve(path)));
    }

    /** The log goes to the same stream before it. */
    private static String lastLine(BufferedReader output) throws IOException {
        String line = output.readLine();
        while (line != null && !line.startsWith("jdbc:")) {
            line = output.readLine();
        }
        return line;
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(server.getJdbcUrl(), server.getUsername(), server.getPassword())) {
            return query(connection, sql);
        }
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return null;
            }
            try (ResultSet rows = statement.getResultSet()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}

package org.initlab.platform.database;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs PostgreSQL's own programs.
 *
 * @param bin their folder
 */
record PostgresTools(Path bin) {
    /** What {@code unshare} and shells report of a program that is there and cannot be executed. */
    private static final int CANNOT_EXECUTE = 126;

    /**
     * Runs a program to its end.
     *
     * @throws IOException with what the program printed, if its exit code is not 0
     */
    void run(String program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it sees another user
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(bin.resolve(program).toString());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = start(program, command);
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = exitCode(process);
        if (exitCode == CANNOT_EXECUTE) {
            throw noExecution(program, null);
        }
        if (exitCode != 0) {
            throw new IOException(program + " failed: " + output.strip());
        }
    }

    private Process start(String program, List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw noExecution(program, e);
        }
    }

    private IOException noExecution(String program, @Nullable IOException cause) throws IOException {
        if (!Files.getPosixFilePermissions(bin.resolve(program)).contains(PosixFilePermission.OWNER_EXECUTE)) {
            return new IOException(
                    "the programs in " + bin + " have lost their execute bits; delete " + bin.getParent()
                            + ", which is unpacked again",
                    cause);
        }
        return new IOException(
                "programs cannot be run from " + bin
                        + ", as on a file system that is mounted noexec; set initlab.home to a"
                        + " folder from which programs can be run",
                cause);
    }

    private static int exitCode(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while PostgreSQL starts or stops");
        }
    }
}

package org.initlab.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.initlab.ExternalTool;
import org.initlab.ServerProcess;
import org.initlab.ServiceClient;

/**
 * A workload in a container that needs no engine: a process of its user, without capabilities, in a mount namespace whose
 * root file system has the image's files, the mounts that the workload's file names, and the host's programs in place of those
 * of the image's base. Paths are those of the image, so nothing of the workload's environment has to be rewritten for them.
 *
 * <p>It shares the host's network: {@code SERVER_PORT} is set to a free port, and the names of {@code hosts} lead to
 * 127.0.0.1. Java is the one that runs the tests, where the image has its own. Without root the workload runs as the
 * user of the tests.
 */
final class Container implements AutoCloseable {
    /** Options for Java in a process that lives for seconds. */
    static final Map<String, String> FAST_START =
            Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

    private static final String JAVA_HOME = "/opt/java/openjdk";
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final ServerProcess process;
    private final Path log;
    private final int port;

    private Container(ServerProcess process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Stops the test where this machine lets nobody make a mount namespace. */
    static void requireNamespaces() {
        ExternalTool.requireWorking("this machine lets its user make no mount namespace", unshare("true"));
    }

    /**
     * Starts a workload and does not wait for it.
     *
     * @param host where what it needs on the host lies
     * @param changes of its environment
     */
    static Container start(Workload workload, Host host, Map<String, String> changes) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>(workload.image().environment());
        environment.putAll(workload.environment());
        environment.putAll(changes);
        List<String> program = new ArrayList<>(workload.image().entryPoint());
        program.addAll(workload.arguments());
        return run(workload, host, environment, program);
    }

    /** Runs another program in the place of the workload. */
    static Container run(Workload workload, Host host, Map<String, String> environment, List<String> program)
            throws IOException {
        int port = ServerProcess.freePort();
        Path own = Files.createDirectory(host.folder().resolve(workload.name() + "-" + UUID.randomUUID()));
        Path mounts = Files.write(own.resolve("mounts"), mounts(workload, host));
        List<String> command = new ArrayList<>(List.of(
                "sh",
                Path.of("src/test/resources/org/initlab/deployment/container.sh")
                        .toAbsolutePath()
                        .toString(),
                mounts.toString(),
                Files.createDirectory(own.resolve("root")).toString(),
                "setpriv",
                "--bounding-set=-all",
                "--inh-caps=-all",
                "--no-new-privs"));
        if (ROOT) {
            String[] ids = workload.user().split(":", -1);
            command.addAll(List.of("--reuid=" + ids[0], "--regid=" + ids[1], "--clear-groups"));
        }
        command.addAll(List.of(
                "env", "--ignore-environment", "--chdir=" + workload.image().folder()));
        command.addAll(List.of(
                "PATH=" + JAVA_HOME + "/bin:/usr/local/bin:/usr/bin:/bin",
                "HOME=/home/initlab",
                "JAVA_HOME=" + JAVA_HOME,
                "SERVER_PORT=" + port));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(program);
        Path log = own.resolve("log");
        return new Container(ServerProcess.launch(log, unshare(command.toArray(String[]::new))), log, port);
    }

    private static List<String> mounts(Workload workload, Host host) throws IOException {
        List<String> lines = new ArrayList<>();
        workload.image().entries().forEach((path, file) -> lines.add("ro " + file + " " + path));
        lines.add("ro " + Path.of(System.getProperty("java.home")).toRealPath() + " " + JAVA_HOME);
        lines.add("ro " + host.hosts() + " /etc/hosts");
        lines.add("ro " + host.users() + " /etc/passwd");
        for (String path : workload.volumes()) {
            lines.add("rw " + host.volume(path) + " " + path);
        }
        workload.scratch().forEach(path -> lines.add("tmpfs " + path));
        workload.secrets().forEach((path, secret) -> lines.add("ro " + secret + " " + path));
        if (workload.readOnly()) {
            lines.add("seal");
        }
        return lines;
    }

    private static List<String> unshare(String... command) {
        List<String> all = new ArrayList<>(List.of("unshare", "--mount"));
        if (!ROOT) {
            all.addAll(List.of("--user", "--map-root-user"));
        }
        all.addAll(List.of(command));
        return all;
    }

    /** A client of it, with a token. */
    ServiceClient client(String token) {
        return new ServiceClient(port, token);
    }

    int port() {
        return port;
    }

    /** Waits until it is ready to serve or to train. */
    void awaitReady() {
        process.awaitReady(() -> status("/actuator/health/readiness") == 200);
    }

    /** The status that it answers to a platform's question, which comes without a token. */
    int status(String path) {
        try {
            URI address = URI.create("http://127.0.0.1:" + port + path);
            return ((HttpURLConnection) address.toURL().openConnection()).getResponseCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number of its user, as a program in it sees it. */
    static String userId(Workload workload) {
        return ROOT ? workload.user().split(":", -1)[0] : "0";
    }

    /** Whether runs show it as this worker. */
    boolean isNamed(String worker, Workload workload) {
        String name = workload.environment().get("INITLAB_WORKER_NAME");
        return name == null ? worker.endsWith(":" + process.pid()) : worker.equals(name);
    }

    /** Waits until it has ended by itself. */
    int awaitExit() {
        return process.awaitExit();
    }

    /** As {@code kill -9}. */
    void kill() {
        process.kill();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.close();
    }
}

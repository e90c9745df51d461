package org.initlab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.initlab.platform.database.PostgresTemplate;

/** The service as a separate process, with its own database. */
public final class ServiceProcess implements AutoCloseable {
    private final ServerProcess process;
    private final int port;

    private ServiceProcess(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the service and waits until it is ready.
     *
     * @param home becomes {@code initlab.home}; its output goes to {@code service.log} there
     * @param properties as {@code name=value}
     */
    public static ServiceProcess start(Path home, String... properties) {
        ServiceProcess service = launch(home, properties);
        service.awaitReady();
        return service;
    }

    /** Starts the service without waiting for it. */
    public static ServiceProcess launch(Path home, String... properties) {
        return launchBy(List.of(), home, properties);
    }

    /**
     * Starts the service by another program, without waiting for it.
     *
     * @param launcher takes the service's command line as its last arguments, as {@code env NAME=value} does
     */
    public static ServiceProcess launchBy(List<String> launcher, Path home, String... properties) {
        if (Arrays.stream(properties).noneMatch(property -> property.startsWith("spring.datasource.url="))) {
            PostgresTemplate.copyTo(home);
        }
        return launch(launcher, SharedClasses.options(), home, properties);
    }

    /** Starts the service without waiting for it. */
    static ServiceProcess launchWith(List<String> jvmOptions, Path home, String... properties) {
        return launch(List.of(), jvmOptions, home, properties);
    }

    private static ServiceProcess launch(
            List<String> launcher, List<String> jvmOptions, Path home, String... properties) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // a test's process lives for seconds
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                // nothing of the machine may leak in: digits and separators of this language, a zone that PostgreSQL
                // refuses
                "-Duser.language=ar",
                "-Duser.country=EG",
                "-Duser.timezone=IST"));
        command.addAll(jvmOptions);
        command.add(InitLabApplication.class.getName());
        return launch(home, properties, command.toArray(String[]::new));
    }

    /** Starts the packaged service by its {@code bin/initlab}, as its users do, and waits until it is ready. */
    public static ServiceProcess startPackaged(Path home, String... properties) {
        ServiceProcess service = launch(
                home,
                properties,
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                Distribution.program().toString());
        service.awaitReady();
        return service;
    }

    private static ServiceProcess launch(Path home, String[] properties, String... program) {
        int port = ServerProcess.freePort();
        List<String> command = new ArrayList<>(List.of(program));
        command.add("--server.port=" + port);
        command.add("--initlab.home=" + home);
        for (String property : properties) {
            command.add("--" + property);
        }
        return new ServiceProcess(ServerProcess.launch(home.resolve("service.log"), command), port);
    }

    public void awaitReady() {
        process.awaitReady(this::isReady);
    }

    public int port() {
        return port;
    }

    public ServiceClient client() {
        return new ServiceClient(port);
    }

    /** Like {@code kill}: the service may finish what it is doing. */
    public void terminate() {
        process.terminate();
    }

    /** Like {@code kill -9}. */
    public void kill() {
        process.kill();
    }

    /** Waits until it has ended by itself; returns its exit status. */
    public int awaitExit() {
        return process.awaitExit();
    }

    public long pid() {
        return process.pid();
    }

    /** All of the process's memory, including native memory, without its database's. */
    public long residentMiB() {
        return status("VmRSS");
    }

    /** The most that {@link #residentMiB} has ever been. */
    public long peakResidentMiB() {
        return status("VmHWM");
    }

    private long status(String name) {
        try {
            String kibibytes = Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll("\\D", "");
            return Long.parseLong(kibibytes) / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Like {@code kill}, with a signal's name, such as {@code STOP}. */
    static void signal(long pid, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Does not use a {@link ServiceClient}, which makes the service describe its API first. */
    private boolean isReady() {
        try {
            URI address = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
            return ((HttpURLConnection) address.toURL().openConnection()).getResponseCode() == 200;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}

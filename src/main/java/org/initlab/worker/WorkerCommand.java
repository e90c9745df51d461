package org.initlab.worker;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** How this process starts itself once more as a worker: with the same Java, options, classes and settings, but for a few. */
@Component
class WorkerCommand {
    private static final int DEFAULT_PORT = 8080;

    private final ApplicationContext context;
    private final ApplicationArguments arguments;
    private final JdbcConnectionDetails database;
    private final WorkerProperties properties;
    private final Environment environment;

    WorkerCommand(
            ApplicationContext context,
            ApplicationArguments arguments,
            JdbcConnectionDetails database,
            WorkerProperties properties,
            Environment environment) {
        this.context = context;
        this.arguments = arguments;
        this.database = database;
        this.properties = properties;
        this.environment = environment;
    }

    /**
     * Describes a worker for each device, in order; the processor's threads are divided among them.
     *
     * @param whenRefused called if one of them refuses to start
     */
    List<LedWorker> forEach(List<String> devices, Runnable whenRefused) {
        int threads = Math.max(1, properties.threads() / devices.size());
        List<LedWorker> workers = new ArrayList<>();
        for (int number = 1; number <= devices.size(); number++) {
            String device = devices.get(number - 1);
            ProcessBuilder builder = new ProcessBuilder(command(settings(device, number, threads)));
            builder.environment().put("SPRING_DATASOURCE_URL", database.getJdbcUrl());
            builder.environment().put("SPRING_DATASOURCE_USERNAME", database.getUsername());
            builder.environment().put("SPRING_DATASOURCE_PASSWORD", database.getPassword());
            workers.add(new LedWorker(number + " on " + device, builder, whenRefused));
        }
        return workers;
    }

    private Map<String, String> settings(String device, int number, int threads) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("initlab.roles", "worker");
        settings.put("initlab.device", device);
        settings.put("initlab.worker.led", "true");
        settings.put("initlab.worker.threads", Integer.toString(threads));
        if (StringUtils.hasText(environment.getProperty("initlab.worker.name"))) {
            settings.put("initlab.worker.name", properties.name() + "-" + number);
        }
        settings.put("server.port", port("server.port", number));
        if (environment.containsProperty("management.server.port")) {
            settings.put("management.server.port", port("management.server.port", number));
        }
        return settings;
    }

    /** The next ones after this process's own, so that whoever reads the meters knows where; 0 remains any free one. */
    private String port(String setting, int number) {
        int own = environment.getProperty(setting, Integer.class, DEFAULT_PORT);
        return Integer.toString(own <= 0 ? own : own + number);
    }

    private List<String> command(Map<String, String> settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                // a debugger has one port
                .filter(option -> !option.startsWith("-agentlib:jdwp"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass()));
        Arrays.stream(arguments.getSourceArgs())
                .filter(argument ->
                        settings.keySet().stream().noneMatch(name -> argument.startsWith("--" + name + "=")))
                .forEach(command::add);
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        return command;
    }

    private String mainClass() {
        Object application = context.getBeansWithAnnotation(SpringBootApplication.class)
                .values()
                .iterator()
                .next();
        return ClassUtils.getUserClass(application).getName();
    }
}

package org.initlab.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.initlab.Distribution;

/** The archive's systemd unit, and the archive where the unit looks for it. */
final class SystemdUnit {
    /** As {@code DynamicUser=yes} picks one. */
    static final String USER = "61184:61184";

    private final String text;
    private final Path root;

    private SystemdUnit(String text, Path root) {
        this.text = text;
        this.root = root;
    }

    /**
     * Installs the archive.
     *
     * @param root the folder that becomes a root file system
     */
    static SystemdUnit install(Path root) throws IOException {
        Path archive = Distribution.program().getParent().getParent();
        SystemdUnit unit = new SystemdUnit(Files.readString(archive.resolve("systemd/initlab.service")), root);
        Path folder =
                root.resolve(unit.value("ExecStart").substring(1)).getParent().getParent();
        Files.createDirectories(folder);
        Image.run("cp", "-al", archive + "/.", folder);
        return unit;
    }

    /**
     * The process that it starts.
     *
     * @param settings what its environment file has
     * @param secrets what is mounted read-only, as a credential is
     */
    Workload workload(Map<String, String> settings, Map<String, Path> secrets) {
        Map<String, String> environment = new LinkedHashMap<>();
        values("Environment")
                .map(line -> line.split("=", 2))
                .forEach(variable -> environment.put(variable[0], variable[1]));
        environment.putAll(settings);
        return new Workload(
                "initlab.service",
                new Image("archive", root, Map.of(), USER, value("WorkingDirectory"), List.of(value("ExecStart"))),
                1,
                environment,
                List.of(),
                USER,
                text.lines().anyMatch("ProtectSystem=strict"::equals),
                Set.of(expand("%S/" + value("StateDirectory")), expand("%C/" + value("CacheDirectory"))),
                text.lines().anyMatch("PrivateTmp=yes"::equals) ? Set.of("/tmp") : Set.of(),
                secrets,
                Set.of());
    }

    private String value(String key) {
        return values(key).findFirst().orElseThrow();
    }

    private Stream<String> values(String key) {
        return Pattern.compile("(?m)^" + key + "=(.*)$")
                .matcher(text)
                .results()
                .map((MatchResult line) -> expand(line.group(1)));
    }

    private static String expand(String value) {
        return value.replace("%S", "/var/lib").replace("%C", "/var/cache");
    }
}

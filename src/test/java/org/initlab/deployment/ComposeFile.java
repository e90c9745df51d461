package org.initlab.deployment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** {@code docker-compose.yml}: its services that run an image of the project. */
final class ComposeFile {
    private static final String IMAGE = "initlab:";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+:-([^}]*)}");
    private static final String[] FOLLOWED = {
        "image", "environment", "command", "user", "read_only", "tmpfs", "volumes", "secrets"
    };
    /** Every container of the tests is without capabilities and privileges; the rest is about what is outside of the process. */
    private static final String[] LEFT_OUT = {
        "cap_drop", "security_opt", "build", "profiles", "restart", "stop_grace_period", "depends_on", "ports", "deploy"
    };

    private final JsonNode file;
    private final Path project;

    private ComposeFile(JsonNode file, Path project) {
        this.file = file;
        this.project = project;
    }

    /**
     * Reads the file.
     *
     * @param project where the files that it mounts lie
     */
    static ComposeFile read(Path project) throws IOException {
        return new ComposeFile(Yaml.read(Path.of("docker-compose.yml")).get(0), project);
    }

    List<Workload> workloads() {
        return file.get("services").properties().stream()
                .filter(service -> service.getValue().path("image").asString("").startsWith(IMAGE))
                .map(service -> workload(service.getKey(), service.getValue()))
                .toList();
    }

    /** The variables of a service, as the one that is PostgreSQL. */
    Map<String, String> environment(String service) {
        Map<String, String> environment = new LinkedHashMap<>();
        Yaml.strings(file.at("/services/" + service + "/environment"))
                .forEach((name, value) ->
                        environment.put(name, VARIABLE.matcher(value).replaceAll("$1")));
        return environment;
    }

    private Workload workload(String name, JsonNode service) {
        String[] known = Stream.of(FOLLOWED, LEFT_OUT).flatMap(Arrays::stream).toArray(String[]::new);
        Yaml.requireKnown(service, "docker-compose.yml's service " + name, known);
        Set<String> volumes = new LinkedHashSet<>();
        service.path("volumes").forEach(volume -> volumes.add(volume.asString().split(":", -1)[1]));
        Set<String> scratch = new LinkedHashSet<>();
        service.path("tmpfs").forEach(folder -> scratch.add(folder.asString().split(":", -1)[0]));
        return new Workload(
                name,
                Image.of(service.get("image").asString().substring(IMAGE.length())),
                1,
                environment(name),
                service.path("command").valueStream().map(JsonNode::asString).toList(),
                service.path("user").asString(null),
                service.path("read_only").asBoolean(),
                volumes,
                scratch,
                secrets(service.path("secrets")),
                Set.of());
    }

    private Map<String, Path> secrets(JsonNode used) {
        Map<String, Path> secrets = new LinkedHashMap<>();
        for (JsonNode secret : used) {
            String source =
                    secret.isString() ? secret.asString() : secret.get("source").asString();
            String target = secret.isString() ? source : secret.get("target").asString();
            Path path = project.resolve(file.at("/secrets/" + source + "/file").asString())
                    .normalize();
            secrets.put("/run/secrets/" + target, path);
        }
        return secrets;
    }
}
